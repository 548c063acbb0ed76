-- smtp-ra queue, version 1, for PostgreSQL 12 and newer.
-- Times are milliseconds since 1970-01-01T00:00Z: to_timestamp(next_at / 1000.0) shows one.

-- the secret is made at the first start: it tells reports of this queue's mail from forged ones
create table smtpra_queue_version (version integer not null, secret varchar(64));

-- one row a connection factory
create table smtpra_queue_route (
    route varchar(200) not null primary key,
    paused smallint not null,
    failures integer not null,
    rested_until bigint not null
);

create table smtpra_queue_mail (
    id bigint generated always as identity primary key,
    route varchar(200) not null,
    priority smallint not null,
    -- when it is due; while it is being sent, when another node may take it over; null when nothing of it waits
    next_at bigint,
    lease bigint,
    attempts integer not null,
    enqueued_at bigint not null,
    expires_at bigint not null,
    warn_at bigint,
    ended_at bigint,
    -- when events that an observer has thrown back are fired again
    event_at bigint,
    octets bigint not null,
    reverse_path varchar(1000),
    body_type smallint not null,
    smtp_utf8 smallint not null,
    require_tls smallint not null,
    dsn_return smallint,
    envelope_id varchar(100),
    idempotency_key varchar(200)
);
create index smtpra_queue_mail_due on smtpra_queue_mail (route, priority, next_at) where next_at is not null;
create index smtpra_queue_mail_ended on smtpra_queue_mail (ended_at) where ended_at is not null;
create index smtpra_queue_mail_event on smtpra_queue_mail (event_at) where event_at is not null;
create unique index smtpra_queue_mail_key on smtpra_queue_mail (idempotency_key) where idempotency_key is not null;

create table smtpra_queue_recipient (
    mail_id bigint not null,
    position integer not null,
    mailbox varchar(1000) not null,
    notify_on varchar(40),
    original_type varchar(40),
    original_address varchar(1000),
    state varchar(10) not null,
    attempts integer not null,
    reply varchar(1000),
    next_hop_queue_id varchar(200),
    tls varchar(100),
    ended_at bigint,
    -- which event is to be fired again; null if none
    event varchar(10),
    primary key (mail_id, position)
);
-- an outcome is written beside what it replaces, which spares the indexes
alter table smtpra_queue_recipient set (fillfactor = 40);
create index smtpra_queue_recipient_mailbox on smtpra_queue_recipient (mailbox);

create table smtpra_queue_content (
    mail_id bigint not null,
    chunk integer not null,
    octets bytea not null,
    primary key (mail_id, chunk)
);
-- mail is seldom worth compressing, and never worth the time here
alter table smtpra_queue_content alter column octets set storage external;
-- a mail of up to 8 KiB stays in one row, as most are: apart it would be a row and an index entry for each 2 KiB
alter table smtpra_queue_content set (toast_tuple_target = 8160);

insert into smtpra_queue_version (version) values (1);
