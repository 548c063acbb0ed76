/**
 * What the server manages and a resource adapter may use by its name: SSL contexts and security domains. The only room
 * that knows a particular server.
 *
 * <p>Uses no other room.
 */
package io.smtpra.ra.server;
