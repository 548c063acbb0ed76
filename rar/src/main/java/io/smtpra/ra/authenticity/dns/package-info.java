/**
 * The way to the DNS: questions to the resolvers of the machine or of a property, without a thread that waits; bounds;
 * a cache.
 *
 * <p>The only room that knows dnsjava. May use {@code .config} and the API.
 */
package io.smtpra.ra.authenticity.dns;
