-- smtp-ra mailbox, version 2, for H2 2.x: who really sent a mail.

-- PROVEN, UNPROVEN or DOUBTFUL; null where it was not checked, as all mail of before
alter table smtpra_mail add column sender varchar(16);

-- what SPF, each signature of DKIM, and DMARC came to
create table smtpra_mail_verdict (
    mail_id varchar(64) not null,
    position integer not null,
    -- spf, dkim, dmarc
    method varchar(32) not null,
    -- a keyword of RFC 8601 section 2.7
    result varchar(16) not null,
    domain varchar(255) not null,
    reason varchar(500) not null,
    primary key (mail_id, position)
);
