-- smtp-ra queue, version 1, for Oracle 19c and newer.
-- Times are milliseconds since 1970-01-01T00:00Z.

-- the secret is made at the first start: it tells reports of this queue's mail from forged ones
create table smtpra_queue_version (version number(10) not null, secret varchar2(64));

-- one row a connection factory
create table smtpra_queue_route (
    route varchar2(200) not null primary key,
    paused number(5) not null,
    failures number(10) not null,
    rested_until number(19) not null
);

create table smtpra_queue_mail (
    id number(19) generated always as identity primary key,
    route varchar2(200) not null,
    priority number(5) not null,
    -- when it is due; while it is being sent, when another node may take it over; null when nothing of it waits
    next_at number(19),
    lease number(19),
    attempts number(10) not null,
    enqueued_at number(19) not null,
    expires_at number(19) not null,
    warn_at number(19),
    ended_at number(19),
    -- when events that an observer has thrown back are fired again
    event_at number(19),
    octets number(19) not null,
    reverse_path varchar2(1000),
    body_type number(5) not null,
    smtp_utf8 number(5) not null,
    require_tls number(5) not null,
    dsn_return number(5),
    envelope_id varchar2(100),
    idempotency_key varchar2(200)
);
create index smtpra_queue_mail_due on smtpra_queue_mail (route, priority, next_at);
create index smtpra_queue_mail_ended on smtpra_queue_mail (ended_at);
create index smtpra_queue_mail_event on smtpra_queue_mail (event_at);
create unique index smtpra_queue_mail_key on smtpra_queue_mail (idempotency_key);

create table smtpra_queue_recipient (
    mail_id number(19) not null,
    position number(10) not null,
    mailbox varchar2(1000) not null,
    notify_on varchar2(40),
    original_type varchar2(40),
    original_address varchar2(1000),
    state varchar2(10) not null,
    attempts number(10) not null,
    reply varchar2(1000),
    next_hop_queue_id varchar2(200),
    tls varchar2(100),
    ended_at number(19),
    -- which event is to be fired again; null if none
    event varchar2(10),
    primary key (mail_id, position)
);
create index smtpra_queue_recipient_mailbox on smtpra_queue_recipient (mailbox);

create table smtpra_queue_content (
    mail_id number(19) not null,
    chunk number(10) not null,
    octets blob not null,
    primary key (mail_id, chunk)
);

insert into smtpra_queue_version (version) values (1);
