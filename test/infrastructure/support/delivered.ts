// The parameters of a stage with a distribution before its renditions; of its keys, the private half is nowhere.
export const privately = {
  delivery: 'private',
  deliveryKeys: 'test/infrastructure/support/delivery-keys',
  allowedOrigins: 'https://photos.example',
} as const;

export const publicly = { ...privately, delivery: 'public' } as const;

export const onOwnDomain = {
  ...privately,
  deliveryDomain: 'images.photos.example',
  deliveryCertificate: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
} as const;
