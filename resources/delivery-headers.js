// The headers that every rendition leaves the distribution with, whatever is stored beside it.

const yearSeconds = 31_536_000;

/**
 * A picture does nothing by itself, is what its type says, and is shown by pages of other origins: that is what it is for.
 * @param mode of delivery: only what is public may be kept by caches that people share
 */
export function securityHeaders(mode, origins) {
  return {
    SecurityHeadersConfig: {
      StrictTransportSecurity: { AccessControlMaxAgeSec: yearSeconds, Override: true },
      ContentTypeOptions: { Override: true },
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; sandbox", Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
    },
    CustomHeadersConfig: {
      Items: [
        { Header: 'Cross-Origin-Resource-Policy', Value: 'cross-origin', Override: true },
        ...(mode === 'public'
          ? [{ Header: 'Cache-Control', Value: `public, max-age=${yearSeconds}, immutable`, Override: true }]
          : []),
      ],
    },
    ...(origins.length > 0 && { CorsConfig: corsOf(origins) }),
  };
}

/** As the bucket's own: cors.js. */
const corsOf = (Items) => ({
  AccessControlAllowCredentials: false,
  AccessControlAllowHeaders: { Items: ['*'] },
  AccessControlAllowMethods: { Items: ['GET'] },
  AccessControlAllowOrigins: { Items },
  AccessControlMaxAgeSec: 3600,
  OriginOverride: true,
});
