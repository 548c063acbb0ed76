/**
 * The way of one mail to its beans: permits, the schedule, delivery to one endpoint or to several in one transaction,
 * transactions in doubt, and the outcome.
 *
 * <p>May use {@code .inbound}, {@code .inbound.routing}, {@code .inbound.mail}, {@code .inbound.users},
 * {@code .inbound.work}, {@code .inbound.smtp} for what a session hands over, {@code .message}, {@code .server} and
 * the API.
 */
package io.smtpra.ra.inbound.delivery;
