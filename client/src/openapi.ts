// Made from docs/openapi.json by npm run docs.

export interface paths {
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an upload
         * @description Says what is to be uploaded, and is told where to send it. S3 takes exactly that: one file, of this length and type, once, for as long as the URL is good.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List images
         * @description The caller’s images by pages, newest first. With a status, a page may have fewer images than asked for although there are more: the list ends where `nextCursor` is null.
         */
        get: operations["listImages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{imageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an image
         * @description At once, or with `wait` when it is settled, when it is not what `If-None-Match` names any more, or when the time is over.
         */
        get: operations["getImage"];
        put?: never;
        post?: never;
        /**
         * Delete an image
         * @description Deletes the original, the renditions and the record, for good. It may be asked for again.
         */
        delete: operations["deleteImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{imageId}/renditions/{variant}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a rendition
         * @description Redirects to the rendition of a variant in the format that the caller likes best.
         */
        get: operations["getRendition"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images/{imageId}/reprocess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Process an image again
         * @description Does again what failed, what was rejected, and what was made by older rules. What is as it would be made now stays as it is.
         */
        post: operations["reprocessImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get quotas and usage
         * @description The caller’s quotas, and what is used of them.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask whether the API is up
         * @description Asks nothing of anything, so that a probe costs nothing.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document
         * @description What is behind this API, for programs.
         */
        get: operations["openApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    imageEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An image is ready, rejected, failed or deleted
         * @description A message of the topic `image-events`, for whoever subscribes to it.
         */
        post: operations["imageEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description What is known of an original beside its pixels. A field that the file does not state is absent. */
        Metadata: {
            /**
             * @description By content, never by name or claim.
             * @enum {string}
             */
            format: "jpeg" | "png" | "webp" | "gif" | "avif" | "heic" | "tiff" | "svg";
            /** @description As the container states it: baseline, progressive, lossless, palette, tiled… */
            subformat?: string;
            /** @description Pixels, as displayed: after orientation. */
            width: number;
            /** @description Pixels, as displayed: after orientation. */
            height: number;
            /** @description Pixels, as stored in the file: before orientation. */
            storedWidth: number;
            /** @description Pixels, as stored in the file: before orientation. */
            storedHeight: number;
            /** @description As EXIF states it; 1 where it states none. */
            orientation: number;
            hasAlpha: boolean;
            /** @description Frames of an animation or pages of a document; 1 for a still picture. */
            frames: number;
            /** @description Milliseconds of an animation, played once. */
            durationMs?: number;
            /** @description Bits a sample. */
            bitDepth?: number;
            /** @description How samples are meant, but for an embedded profile: srgb, gray, cmyk or lab. */
            colorSpace?: string;
            /** @description The description of the embedded color profile. */
            iccProfile?: string;
            /** @description Pixels an inch. */
            densityPpi?: number;
            /** @description ISO 8601; with an offset from UTC only where the file states one. */
            capturedAt?: string;
            camera?: {
                make?: string;
                model?: string;
                lens?: string;
                software?: string;
            };
            exposure?: {
                timeSeconds?: number;
                fNumber?: number;
                iso?: number;
                focalLengthMm?: number;
                /** @description What the focal length would be on a 35 mm film camera. */
                focalLength35mm?: number;
                flashFired?: boolean;
            };
            /** @description Where the picture was taken. Its owner alone is told: image events leave it out. */
            location?: {
                /** @description Signed decimal degrees, WGS 84. */
                latitude: number;
                /** @description Signed decimal degrees, WGS 84. */
                longitude: number;
                /** @description Meters above the sea. */
                altitude?: number;
                /** @description Meters of horizontal error. */
                accuracyMeters?: number;
            };
            /** @description What people wrote about the picture, in EXIF, IPTC or XMP. */
            description?: {
                title?: string;
                description?: string;
                creators?: string[];
                copyright?: string;
                keywords?: string[];
                /** @description -1 rejected, 0 none, 1 to 5. */
                rating?: number;
            };
            /** @description What was malformed and left out, for people to read. */
            notes?: string[];
        };
        /** @description What a page can show before any rendition has arrived. */
        Placeholder: {
            /** @description Base64 of a ThumbHash: https://evanw.github.io/thumbhash/ */
            thumbHash: string;
            /** @description `#rrggbb` */
            dominantColor: string;
        };
        /**
         * @description How far an image has come. Only image events speak of `deleted` ones: the API answers 404.
         * @enum {string}
         */
        Status: "awaiting-upload" | "processing" | "ready" | "rejected" | "failed" | "expired" | "deleted";
        /** @description Why an image is `rejected` (its file is at fault) or `failed` (the system was). */
        Failure: {
            /** @enum {string} */
            code: "unsupported-format" | "corrupt-image" | "too-many-pixels" | "too-many-frames" | "too-large" | "too-expensive" | "malformed-message" | "dependency-unavailable" | "internal";
            /** @description One plain sentence, with the numbers of a refusal. */
            message: string;
            /**
             * @description What met it.
             * @enum {string}
             */
            task: "renditions" | "metadata";
            /** @description Whether the same file may succeed another time. */
            retryable: boolean;
        };
        /** @description The stored output of a variant in a format. */
        Rendition: {
            variant: string;
            /** @enum {string} */
            format: "webp" | "jpeg" | "avif" | "png";
            contentType: string;
            /** @description Pixels. */
            width: number;
            /** @description Pixels. */
            height: number;
            /** @description More than 1 for an animation that stays one. */
            frames: number;
            /** @description Bytes. */
            bytes: number;
            /**
             * Format: uri
             * @description Good for half an hour at least. Absent from image events.
             */
            url?: string;
        };
        /** @description The uploaded file. */
        Original: {
            contentType: string | null;
            /** @description Bytes. */
            bytes: number;
            sha256: string | null;
            /**
             * Format: uri
             * @description For downloading, good for half an hour at least. Absent from image events.
             */
            url?: string;
        };
        /** @description An image. What is not known, or not known yet, is null. */
        Image: {
            /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
            imageId: string;
            status: components["schemas"]["Status"];
            fileName: string | null;
            createdAt: string | null;
            /**
             * Format: date-time
             * @description When anything of it changed last.
             */
            updatedAt: string;
            original: components["schemas"]["Original"] | null;
            metadata: components["schemas"]["Metadata"] | null;
            placeholder: components["schemas"]["Placeholder"] | null;
            perceptualHash: string | null;
            renditions: components["schemas"]["Rendition"][];
            failure: components["schemas"]["Failure"] | null;
        };
        /** @description A page of a list, newest first. */
        ImagePage: {
            images: components["schemas"]["Image"][];
            nextCursor: string | null;
        };
        /** @description What became of an image. Delivered at least once, in no certain order. */
        ImageEvent: {
            /** @description The same for every repetition of one event: deduplicate by it. */
            eventId: string;
            /**
             * @description Also a message attribute, to filter on.
             * @enum {string}
             */
            type: "image.ready" | "image.rejected" | "image.failed" | "image.deleted";
            /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
            imageId: string;
            /** @description Whose image it is. */
            ownerId: string;
            /**
             * Format: date-time
             * @description When the image became what it is.
             */
            occurredAt: string;
            image: components["schemas"]["Image"];
        };
        /** @description An upload as the body of one request. */
        PutUpload: {
            /** @constant */
            method: "PUT";
            /**
             * Format: uri
             * @description Where to send the file, once.
             */
            url: string;
            /** @description To be sent as they are. S3 refuses the upload without them. */
            headers: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description Until when S3 takes the upload.
             */
            expiresAt: string;
        };
        /** @description An upload as a form (`multipart/form-data`), as an HTML page sends it without a script. */
        PostUpload: {
            /** @constant */
            method: "POST";
            /**
             * Format: uri
             * @description Where to send the form, once.
             */
            url: string;
            /** @description The form’s fields, as they are. The file comes last, as the field `file`. */
            fields: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description Until when S3 takes the upload.
             */
            expiresAt: string;
        };
        /** @description An image that awaits its file, and where to send that. */
        UploadOffer: {
            /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
            imageId: string;
            /** @constant */
            status: "awaiting-upload";
            upload: components["schemas"]["PutUpload"] | components["schemas"]["PostUpload"];
        };
        /** @description How much of something there may be, and how much there is. */
        Quota: {
            /** @description What counts now. */
            used: number;
            /** @description What may count at most. */
            limit: number;
        };
        /** @description The caller’s quotas. A request for an upload that would exceed one is answered 429. */
        Usage: {
            /** @description Uploads asked for whose image is not settled yet. */
            openUploads: components["schemas"]["Quota"];
            /** @description Images, open uploads among them. */
            images: components["schemas"]["Quota"];
            /** @description Bytes of originals, those of open uploads among them. */
            bytes: components["schemas"]["Quota"];
            /** @description Files that were rejected within this hour. */
            rejectedPerHour: components["schemas"]["Quota"];
        };
        /** @description The file that is to be uploaded. */
        UploadRequest: {
            /** @description One of the accepted types, or an alias of one, in whatever case. */
            contentType: string;
            /** @description Bytes. At most what the stage allows: 100 MiB unless it says otherwise. */
            contentLength: number;
            /** @description Base64 of the file’s SHA-256. S3 refuses a file that has another. Needed for a form, which S3 would otherwise let overwrite the file. */
            checksumSha256?: string;
            /** @description To show to people; nothing is derived from it. */
            fileName?: string;
            /**
             * @description PUT, which is the default, or POST for a form.
             * @enum {string}
             */
            method?: "PUT" | "POST";
        };
        /** @description An error, as RFC 9457 has it: https://www.rfc-editor.org/rfc/rfc9457 */
        Problem: {
            /** @description `urn:darkroom:problem:` and the code. */
            type: string;
            /** @description The same for every problem of a code. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /**
             * @description What to tell problems apart by.
             * @enum {string}
             */
            code: "invalid-request" | "unauthorized" | "image-not-found" | "rendition-not-found" | "route-not-found" | "method-not-allowed" | "body-too-large" | "too-large" | "unsupported-format" | "unsupported-media-type" | "quota-exceeded" | "internal" | "dependency-unavailable";
            /** @description What is wrong with this very request, and what to do about it. */
            detail: string;
            /** @description What the operator finds the request by in the log. Also in the header `x-request-id`. */
            requestId: string;
            /** @description Every field at fault, each once. */
            errors?: {
                /** @description A JSON pointer into the body, or the name of a parameter. */
                field: string;
                /** @description What is wrong with it, with its limit. */
                message: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadRequest"];
            };
        };
        responses: {
            /** @description Where to send the file, and how. */
            201: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description The path of the image. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOffer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is larger than allowed. Or: The body of the request is larger than allowed. */
            413: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Files of this type are not accepted. Or: The body of the request must be JSON. */
            415: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A quota is used up. */
            429: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listImages: {
        parameters: {
            query?: {
                /** @description Only images of this status; all when absent. */
                status?: "awaiting-upload" | "processing" | "ready" | "rejected" | "failed" | "expired";
                /** @description How many images at most; 50 when absent. */
                limit?: number;
                /** @description The `nextCursor` of the page before, of the same list with the same filter. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of images. */
            200: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImagePage"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getImage: {
        parameters: {
            query?: {
                /** @description Seconds to wait for news of the image; 0 when absent. */
                wait?: number;
            };
            header?: {
                /** @description The ETag of the image as the caller has it. */
                "if-none-match"?: string;
            };
            path: {
                /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
                imageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Changes with all that the image tells, and with its URLs. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description The caller has the image as it is. */
            304: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Changes with all that the image tells, and with its URLs. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such image. */
            404: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
                imageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image is deleted. */
            204: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such image. */
            404: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRendition: {
        parameters: {
            query?: never;
            header?: {
                /** @description Content types with their weights; any when absent. */
                accept?: string;
            };
            path: {
                /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
                imageId: string;
                /** @description The name of a variant, as an image’s renditions have it. */
                variant: "thumb" | "small" | "medium" | "large";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the rendition is. */
            302: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description A URL that is good for half an hour at least. */
                    location?: string;
                    /** @description `Accept` */
                    vary?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such image. Or: There is no such rendition. */
            404: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reprocessImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A UUIDv7, or `obj-` and 32 hexadecimal digits for what was not uploaded through this API. */
                imageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The work is on its way. */
            202: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Image"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such image. */
            404: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A quota is used up. */
            429: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Quotas and usage. */
            200: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid access token. */
            401: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description What is wrong with the token. */
                    "www-authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A service we depend on is out of reach. Try again shortly. */
            503: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    /** @description Seconds to wait before asking again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document. */
            200: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    /** @description What the operator finds the request by in the log. */
                    "x-request-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    imageEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ImageEvent"];
            };
        };
        responses: {
            /** @description The message is taken, and not sent again. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
