// How many processors a function really has: Lambda shows two to small ones and grants them a share by memory.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html

const megabytesPerVcpu = 1769;

/** @param memoryMb the function's memory, as Lambda states it in AWS_LAMBDA_FUNCTION_MEMORY_SIZE */
export function vcpusOf(memoryMb: number): number {
  return Math.max(1, Math.round(memoryMb / megabytesPerVcpu));
}
