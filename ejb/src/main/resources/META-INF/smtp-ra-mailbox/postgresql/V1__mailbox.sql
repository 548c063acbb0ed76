-- smtp-ra mailbox, version 1, for PostgreSQL 12 and newer.
-- Times are milliseconds since 1970-01-01T00:00Z: to_timestamp(received_at / 1000.0) shows one.

create table smtpra_mail (
    -- the id that the adapter gave it: in the log, in the Received field and in the 250 reply
    id varchar(64) not null primary key,
    received_at bigint not null,
    -- null for the null reverse-path
    reverse_path varchar(1000),
    author varchar(1000) not null,
    subject varchar(1000) not null,
    preview varchar(200) not null,
    message_id varchar(1000),
    size_octets bigint not null,
    attachments integer not null,
    -- why its parts cannot be shown; null if they can
    undecodable varchar(500),
    seen smallint not null,
    peer_address varchar(64) not null,
    helo_name varchar(255) not null,
    listener varchar(32) not null,
    authenticated_user varchar(255),
    -- both null if it came in plain text
    tls_protocol varchar(32),
    tls_cipher varchar(128),
    -- how it may be sent on
    body_type varchar(32) not null,
    smtp_utf8 smallint not null
);
create index smtpra_mail_received on smtpra_mail (received_at, id);

create table smtpra_mail_recipient (
    mail_id varchar(64) not null,
    position integer not null,
    recipient varchar(1000) not null,
    -- in small letters, the domain in ASCII: what a user's addresses are compared with
    local_part varchar(1000) not null,
    domain varchar(255) not null,
    received_at bigint not null,
    size_octets bigint not null,
    primary key (mail_id, position)
);
create index smtpra_mail_recipient_address on smtpra_mail_recipient (domain, local_part, received_at);
create index smtpra_mail_recipient_local_part on smtpra_mail_recipient (local_part, received_at);
create index smtpra_mail_recipient_received on smtpra_mail_recipient (received_at);

create table smtpra_mail_part (
    mail_id varchar(64) not null,
    number integer not null,
    name varchar(255) not null,
    type varchar(255) not null,
    size_octets bigint not null,
    content_id varchar(1000),
    -- TEXT, INLINE or ATTACHMENT
    role varchar(16) not null,
    primary key (mail_id, number)
);

-- the mail octet for octet, a row for each 64 KiB
create table smtpra_mail_content (
    mail_id varchar(64) not null,
    chunk integer not null,
    octets bytea not null,
    primary key (mail_id, chunk)
);
-- mail is seldom worth compressing, and never worth the time here
alter table smtpra_mail_content alter column octets set storage external;

-- what is searched: the words of addresses, subject, text and names of attachments, in small letters
create table smtpra_mail_words (
    mail_id varchar(64) not null primary key,
    words text not null
);
create index smtpra_mail_words_search on smtpra_mail_words using gin (to_tsvector('simple', words));

-- tells a mail that its sender sends again from a new one; kept for as long as a sender tries
create table smtpra_mail_digest (
    digest varchar(64) not null primary key,
    mail_id varchar(64) not null,
    received_at bigint not null
);
create index smtpra_mail_digest_received on smtpra_mail_digest (received_at);

-- what was sent on from a mail, by its id in the outbound queue
create table smtpra_mail_sent (
    queue_id bigint not null primary key,
    mail_id varchar(64) not null,
    -- ANSWER, FORWARD or RESEND
    kind varchar(16) not null,
    subject varchar(1000) not null,
    sent_by varchar(255) not null,
    sent_at bigint not null
);
create index smtpra_mail_sent_mail on smtpra_mail_sent (mail_id);
create index smtpra_mail_sent_time on smtpra_mail_sent (sent_at);

-- automatic answers, so that nobody gets too many in a day
create table smtpra_mail_auto_answer (
    recipient varchar(320) not null,
    answered_at bigint not null
);
create index smtpra_mail_auto_answer_recipient on smtpra_mail_auto_answer (recipient, answered_at);
create index smtpra_mail_auto_answer_time on smtpra_mail_auto_answer (answered_at);
