package io.smtpra.report;

/** What became of a mail for one recipient (RFC 3464 section 2.3.3). */
enum Action {
    DELIVERED,
    RELAYED,
    FAILED,
    DELAYED
}
