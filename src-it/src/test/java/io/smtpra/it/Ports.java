package io.smtpra.it;

/** The ports that the build has reserved, all on the loopback address. */
final class Ports {

    static final String LOOPBACK = "127.0.0.1";
    static final int MANAGEMENT = Integer.getInteger("it.management.port");
    static final int HTTP = Integer.getInteger("it.http.port");
    static final int SMTP = Integer.getInteger("it.smtp.port");
    /** Off, unless a test opens it. */
    static final int SUBMISSION = Integer.getInteger("it.submission.port");
    /** Off, unless a test opens it. */
    static final int SUBMISSIONS = Integer.getInteger("it.submissions.port");
    /** Where the server's next hop listens: a {@link SmtpPeer}, when a test starts one. */
    static final int RELAY = Integer.getInteger("it.relay.port");

    private Ports() {}
}
