package io.smtpra.ra.inbound.smtp.hosting;

/**
 * A hook of ours that no other can pass over: it is asked even after another has said {@code OK}. Without it a mail
 * could be taken that nobody delivers.
 */
public interface LastWord {}
