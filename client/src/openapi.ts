export interface paths {
  '/uploads': {
    post: {
      requestBody: { content: { 'application/json': components['schemas']['UploadRequest'] } };
      responses: {
        201: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['UploadOffer'] } };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/images': {
    get: {
      parameters: { query?: { status?: components['schemas']['Status']; limit?: number; cursor?: string } };
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['ImagePage'] } };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/images/{imageId}': {
    get: {
      parameters: { path: { imageId: string }; query?: { wait?: number }; header?: { 'if-none-match'?: string } };
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Image'] } };
        304: { headers: Record<string, unknown>; content?: never };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete: {
      parameters: { path: { imageId: string } };
      responses: {
        204: { headers: Record<string, unknown>; content?: never };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/images/{imageId}/reprocess': {
    post: {
      parameters: { path: { imageId: string } };
      responses: {
        202: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Image'] } };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/usage': {
    get: {
      responses: {
        200: { headers: Record<string, unknown>; content: { 'application/json': components['schemas']['Usage'] } };
        default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
  };
  '/health': {
    get: {
      responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': { status: 'ok' } } } };
    };
  };
}
export interface components {
  schemas: {
    UploadRequest: { contentType: string; contentLength: number; checksumSha256?: string; fileName?: string; method?: 'PUT' | 'POST' };
    UploadOffer: { imageId: string; status: 'awaiting-upload'; upload: { method: 'PUT'; url: string; headers: Record<string, string>; expiresAt: string } };
    Status: 'awaiting-upload' | 'processing' | 'ready' | 'rejected' | 'failed' | 'expired' | 'deleted';
    ImagePage: { images: components['schemas']['Image'][]; nextCursor: string | null };
    Image: {
      imageId: string;
      status: components['schemas']['Status'];
      fileName: string | null;
      createdAt: string | null;
      updatedAt: string;
      original: { contentType: string | null; bytes: number; sha256: string | null; url?: string } | null;
      metadata: components['schemas']['Metadata'] | null;
      placeholder: { thumbHash: string; dominantColor: string } | null;
      perceptualHash: string | null;
      renditions: { variant: string; format: 'webp' | 'jpeg' | 'avif' | 'png'; contentType: string; width: number; height: number; frames: number; bytes: number; url?: string }[];
      failure: { code: string; message: string; task: string; retryable: boolean } | null;
    };
    Metadata: {
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic' | 'tiff' | 'svg';
  subformat?: string;
  width: number;
  height: number;
  storedWidth: number;
  storedHeight: number;
  orientation: number;
  hasAlpha: boolean;
  frames: number;
  durationMs?: number;
  bitDepth?: number;
  colorSpace?: string;
  iccProfile?: string;
  densityPpi?: number;
  capturedAt?: string;
  camera?: { make?: string; model?: string; lens?: string; software?: string };
  exposure?: {
    timeSeconds?: number;
    fNumber?: number;
    iso?: number;
    focalLengthMm?: number;
    focalLength35mm?: number;
    flashFired?: boolean;
  };
  location?: { latitude: number; longitude: number; altitude?: number; accuracyMeters?: number };
  description?: {
    title?: string;
    description?: string;
    creators?: string[];
    copyright?: string;
    keywords?: string[];
    rating?: number;
  };
  notes?: string[];
    };
    Usage: Record<string, unknown>;
    Problem: { type: string; title: string; status: number; code: string; detail: string; requestId?: string; errors?: { field: string; message: string }[] };
  };
}
