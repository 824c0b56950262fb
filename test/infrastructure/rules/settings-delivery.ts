// What a distribution before the renditions, and what goes with it, must say beside what its own rules ask.
import { like, ofStageAndRegion, refTo, type Settings } from './value.ts';

interface Certificate {
  readonly AcmCertificateArn?: string;
  readonly SslSupportMethod?: string;
}

export const settingsOfDelivery: Settings = {
  'AWS::CloudFront::Distribution': {
    'DistributionConfig.Comment': ofStageAndRegion,
    'DistributionConfig.Aliases': (value) =>
      value === undefined || (Array.isArray(value) && value.length === 1),
    'DistributionConfig.ViewerCertificate': (value) =>
      value === undefined ||
      (/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\da-f-]{36}$/.test(
        String((value as Certificate).AcmCertificateArn),
      ) &&
        (value as Certificate).SslSupportMethod === 'sni-only'),
  },
  'AWS::CloudFront::OriginAccessControl': { 'OriginAccessControlConfig.Name': ofStageAndRegion },
  'AWS::CloudFront::CachePolicy': { 'CachePolicyConfig.Name': ofStageAndRegion },
  'AWS::CloudFront::ResponseHeadersPolicy': { 'ResponseHeadersPolicyConfig.Name': ofStageAndRegion },
  'AWS::CloudFront::PublicKey': {
    'PublicKeyConfig.Name': ofStageAndRegion,
    'PublicKeyConfig.CallerReference': ofStageAndRegion,
    'PublicKeyConfig.EncodedKey': like(/^-----BEGIN PUBLIC KEY-----\n[\w+/=\n]+-----END PUBLIC KEY-----\n?$/),
  },
  'AWS::CloudFront::KeyGroup': {
    'KeyGroupConfig.Name': ofStageAndRegion,
    'KeyGroupConfig.Items[]': refTo('AWS::CloudFront::PublicKey'),
  },
};
