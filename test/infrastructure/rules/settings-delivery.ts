// What a distribution before the renditions, and what goes with it, must say beside what its own rules ask.
import { like, ofStage, refTo, type Settings } from './value.ts';

interface Certificate {
  readonly AcmCertificateArn?: string;
  readonly SslSupportMethod?: string;
}

export const settingsOfDelivery: Settings = {
  'AWS::CloudFront::Distribution': {
    'DistributionConfig.Comment': ofStage,
    'DistributionConfig.Aliases': (value) =>
      value === undefined || (Array.isArray(value) && value.length === 1),
    'DistributionConfig.ViewerCertificate': (value) =>
      value === undefined ||
      (/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\da-f-]{36}$/.test(
        String((value as Certificate).AcmCertificateArn),
      ) &&
        (value as Certificate).SslSupportMethod === 'sni-only'),
  },
  'AWS::CloudFront::OriginAccessControl': { 'OriginAccessControlConfig.Name': ofStage },
  'AWS::CloudFront::CachePolicy': { 'CachePolicyConfig.Name': ofStage },
  'AWS::CloudFront::ResponseHeadersPolicy': { 'ResponseHeadersPolicyConfig.Name': ofStage },
  'AWS::CloudFront::PublicKey': {
    'PublicKeyConfig.Name': ofStage,
    'PublicKeyConfig.CallerReference': ofStage,
    'PublicKeyConfig.EncodedKey': like(/^-----BEGIN PUBLIC KEY-----\n[\w+/=\n]+-----END PUBLIC KEY-----\n?$/),
  },
  'AWS::CloudFront::KeyGroup': {
    'KeyGroupConfig.Name': ofStage,
    'KeyGroupConfig.Items[]': refTo('AWS::CloudFront::PublicKey'),
  },
};
