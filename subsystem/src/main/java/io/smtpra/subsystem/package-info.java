/**
 * The subsystem {@code smtp-ra} of WildFly: what an administrator does to running adapters by {@code jboss-cli.sh} or
 * another client of the server's management. It reaches them by their management beans alone, and so whichever way they
 * came into the server.
 *
 * <p>May use the server's modules for management (controller, server, DMR, MSC); nothing of the adapter's.
 */
package io.smtpra.subsystem;
