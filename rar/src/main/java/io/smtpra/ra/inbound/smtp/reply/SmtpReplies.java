package io.smtpra.ra.inbound.smtp.reply;

import java.util.List;

/** Every fixed reply of this server. No reply repeats what the client said. */
public final class SmtpReplies {

    // session
    public static final SmtpReply BYE = SmtpReply.of(221, "2.0.0", "Bye").closing();
    public static final SmtpReply OK = SmtpReply.of(250, "2.0.0", "Ok");
    public static final SmtpReply READY_FOR_TLS = SmtpReply.startTls("2.0.0", "Ready to start TLS");
    public static final SmtpReply TOO_MANY_ERRORS = SmtpReply.of(421, "4.7.0", "Too many errors, closing").closing();
    public static final SmtpReply TOO_MANY_UNKNOWN_RECIPIENTS =
            SmtpReply.of(421, "4.7.0", "Too many unknown recipients, closing").closing();
    public static final SmtpReply TOO_MANY_TRANSACTIONS =
            SmtpReply.of(421, "4.7.0", "Too many mails in one session, closing").closing();
    public static final SmtpReply NOT_NOW = SmtpReply.of(421, "4.3.0", "Local error, try again later, closing").closing();
    public static final SmtpReply LOCAL_ERROR = SmtpReply.of(451, "4.3.0", "Local error, try again later");

    // syntax
    public static final SmtpReply LINE_TOO_LONG = SmtpReply.of(500, "5.5.2", "Line too long");
    public static final SmtpReply BARE_CR =
            SmtpReply.of(500, "5.5.2", "A line ends in CRLF and holds no CR or LF");
    public static final SmtpReply BARE_LF =
            SmtpReply.of(500, "5.5.2", "A line ends in CRLF, not in LF alone, closing").closing();
    public static final SmtpReply BAD_CHARACTERS =
            SmtpReply.of(500, "5.5.2", "A command has no control characters and is valid UTF-8");
    public static final SmtpReply UNKNOWN_COMMAND = SmtpReply.of(500, "5.5.1", "Unknown command");
    public static final SmtpReply NOT_SMTP = SmtpReply.of(500, "5.5.1", "This is SMTP, closing").closing();
    public static final SmtpReply NO_ARGUMENT = SmtpReply.of(501, "5.5.4", "This command takes no argument");
    public static final SmtpReply ARGUMENT_NEEDED = SmtpReply.of(501, "5.5.4", "This command needs an argument");
    public static final SmtpReply BAD_HELLO = SmtpReply.of(501, "5.5.4", "A domain or an address literal is needed");
    public static final SmtpReply NOT_IMPLEMENTED = SmtpReply.of(502, "5.5.1", "Command not implemented");

    // order
    public static final SmtpReply HELLO_FIRST = SmtpReply.of(503, "5.5.1", "Say EHLO first");
    public static final SmtpReply MAIL_FIRST = SmtpReply.of(503, "5.5.1", "Say MAIL first");
    public static final SmtpReply IN_TRANSACTION = SmtpReply.of(503, "5.5.1", "Not within a mail transaction");
    public static final SmtpReply PIPELINED =
            SmtpReply.of(554, "5.5.0", "Wait for the reply before sending more, closing").closing();
    public static final SmtpReply EARLY_TALKER =
            SmtpReply.plain(554, List.of("Wait for the greeting before sending, closing")).closing();
    public static final SmtpReply TLS_REQUIRED = SmtpReply.of(530, "5.7.0", "Say STARTTLS first");
    public static final SmtpReply AUTHENTICATION_REQUIRED = SmtpReply.of(530, "5.7.0", "Authentication required");

    // STARTTLS
    public static final SmtpReply TLS_ACTIVE = SmtpReply.of(503, "5.5.1", "TLS is active already");
    public static final SmtpReply TLS_NOT_AVAILABLE = SmtpReply.of(454, "4.7.0", "TLS is not available for now");

    // AUTH
    public static final SmtpReply AUTHENTICATED = SmtpReply.of(235, "2.7.0", "Authenticated");
    public static final SmtpReply TOO_MANY_AUTH_FAILURES =
            SmtpReply.of(421, "4.7.0", "Too many failed authentications, closing").closing();
    public static final SmtpReply AUTH_UNAVAILABLE = SmtpReply.of(454, "4.7.0", "Authentication is not available for now");
    public static final SmtpReply AUTH_TOO_LONG = SmtpReply.of(500, "5.5.6", "Authentication line too long");
    public static final SmtpReply AUTH_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: AUTH mechanism [initial-response]");
    public static final SmtpReply BAD_BASE64 = SmtpReply.of(501, "5.5.2", "Not base64");
    public static final SmtpReply AUTH_MALFORMED = SmtpReply.of(501, "5.5.2", "Not a message of this mechanism");
    public static final SmtpReply AUTH_CANCELLED = SmtpReply.of(501, "5.7.0", "Authentication cancelled");
    public static final SmtpReply AUTHENTICATED_ALREADY = SmtpReply.of(503, "5.5.1", "Authenticated already");
    public static final SmtpReply UNKNOWN_MECHANISM = SmtpReply.of(504, "5.5.4", "Mechanism not offered");
    public static final SmtpReply BAD_CREDENTIALS = SmtpReply.of(535, "5.7.8", "Authentication credentials invalid");
    public static final SmtpReply AUTH_NEEDS_TLS = SmtpReply.of(538, "5.7.11", "Encryption required: say STARTTLS first");
    public static final SmtpReply NOT_YOUR_ADDRESS = SmtpReply.of(553, "5.7.1", "Sender address is not the user's own");

    // parameters
    public static final SmtpReply BAD_PARAMETER = SmtpReply.of(501, "5.5.4", "Malformed parameter");
    public static final SmtpReply REPEATED_PARAMETER = SmtpReply.of(501, "5.5.4", "A parameter is given twice");
    public static final SmtpReply UNKNOWN_PARAMETER = SmtpReply.of(555, "5.5.4", "Parameter not recognised");
    public static final SmtpReply UTF8_NEEDED = SmtpReply.of(553, "5.6.7", "This address needs SMTPUTF8");

    // MAIL
    public static final SmtpReply SENDER_OK = SmtpReply.of(250, "2.1.0", "Sender ok");
    public static final SmtpReply MAIL_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: MAIL FROM:<address>");
    public static final SmtpReply BAD_SENDER = SmtpReply.of(501, "5.1.7", "Bad sender address");
    public static final SmtpReply TOO_BIG = SmtpReply.of(552, "5.3.4", "Message too big");

    // RCPT
    public static final SmtpReply RECIPIENT_OK = SmtpReply.of(250, "2.1.5", "Recipient ok");
    public static final SmtpReply RCPT_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: RCPT TO:<address>");
    public static final SmtpReply BAD_RECIPIENT = SmtpReply.of(501, "5.1.3", "Bad recipient address");
    public static final SmtpReply TOO_MANY_RECIPIENTS = SmtpReply.of(452, "4.5.3", "Too many recipients");

    // DATA and BDAT
    public static final SmtpReply SEND_CONTENT = SmtpReply.plain(354, List.of("End data with <CR><LF>.<CR><LF>"));
    public static final SmtpReply NO_RECIPIENTS = SmtpReply.of(554, "5.5.1", "No valid recipients");
    public static final SmtpReply BDAT_BEGUN = SmtpReply.of(503, "5.5.1", "BDAT has begun: go on with it or say RSET");
    public static final SmtpReply BINARY_NEEDS_BDAT = SmtpReply.of(503, "5.5.1", "BINARYMIME is sent with BDAT");
    public static final SmtpReply BDAT_SYNTAX = SmtpReply.of(501, "5.5.4", "Syntax: BDAT length [LAST], closing").closing();
    public static final SmtpReply CHUNK_OK = SmtpReply.of(250, "2.0.0", "Chunk ok");
    public static final SmtpReply NO_STORAGE = SmtpReply.of(452, "4.3.1", "Insufficient storage");
    public static final SmtpReply BARE_NEWLINE = SmtpReply.of(550, "5.6.11", "The content holds a CR or LF alone");
    public static final SmtpReply LOOP = SmtpReply.of(554, "5.4.6", "Too many hops, this mail loops");

    // questions
    public static final SmtpReply CANNOT_VERIFY = SmtpReply.of(252, "2.5.0", "Cannot verify, but will take mail for it");

    public static final SmtpReply NO_HELP = SmtpReply.of(504, "5.5.4", "No help on this topic");

    private SmtpReplies() {}

    /** The reply to a mail that was delivered. */
    public static SmtpReply delivered(String id) {
        return OK.saying("Ok: queued as " + id);
    }

    // of the listener, for any client at any time: these name this host (RFC 5321 section 4.2)

    public static SmtpReply timedOut(String hostName) {
        return SmtpReply.of(421, "4.4.2", hostName + " Timed out, closing").closing();
    }

    public static SmtpReply shuttingDown(String hostName) {
        return SmtpReply.of(421, "4.3.2", hostName + " Shutting down, try again later").closing();
    }

    public static SmtpReply tooManyConnections(String hostName) {
        return SmtpReply.of(421, "4.7.0", hostName + " Too many connections, try again later").closing();
    }

    public static SmtpReply banned(String hostName) {
        return SmtpReply.of(421, "4.7.0", hostName + " Too many errors from your address, try again later").closing();
    }

    public static SmtpReply noAccess(String hostName) {
        return SmtpReply.of(554, "5.7.1", hostName + " Access denied").closing();
    }
}
