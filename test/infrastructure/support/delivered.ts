// The parameters of stages with a distribution before their renditions: signed for, on a host name of its own, open, or none.
export const privately = { delivery: 'private', allowedOrigins: 'https://photos.example' } as const;

export const publicly = { ...privately, delivery: 'public' } as const;

export const onOwnDomain = {
  ...privately,
  deliveryDomain: 'images.photos.example',
  deliveryCertificate: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
} as const;

export const undelivered = { delivery: 'none' } as const;
