package io.smtpra.ra.outbound;

/**
 * What the managed connections of one factory share.
 *
 * @param config what the factory is configured to do
 * @param contents holds the octets of mails that wait
 * @param ids names the sendings
 */
record OutboundContext(OutboundConfig config, HeldContents contents, SendIds ids) {}
