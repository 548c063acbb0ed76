/**
 * The durable outbound queue as an application sees it: {@link io.smtpra.queue.MailQueue} and the events that tell how
 * a mail ended. What runs it is in {@code smtp-ra-queue.jar}, which an application carries in its own archive, or which
 * the server has by its layer {@code smtp-ra-queue}: then {@link io.smtpra.queue.ServerQueueExtension} leads to it.
 */
package io.smtpra.queue;
