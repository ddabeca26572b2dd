/** Bytes that one received message may have, on every transport, unless its options say otherwise: 10 MiB. */
export const defaultMaxMessageBytes = 10_485_760;
