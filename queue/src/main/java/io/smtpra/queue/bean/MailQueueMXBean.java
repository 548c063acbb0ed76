package io.smtpra.queue.bean;

import java.util.List;

/**
 * The queue as an administrator sees it, {@code io.smtpra:type=MailQueue,application=…}. What counts mails since a
 * start is of this node; all else is of the database that the nodes share.
 */
public interface MailQueueMXBean {

    /** How many mails wait, those that are being sent included. */
    long getWaiting();

    /** How many of those that wait are being sent, by any node. */
    long getSending();

    /** Since when the mail waits that waits longest, in seconds; 0 if none waits. */
    long getOldestSeconds();

    /** How many mails were set aside because they could not be read. */
    long getSetAside();

    /**
     * One line a connection factory: name, how many mails wait and since when, whether it is paused or left alone, and
     * what the last full minute of this node brought.
     */
    List<String> getFactories();

    /** Recipients to whom mail was sent since the start of this node. */
    long getSent();

    /** Attempts that were put off since the start of this node, counted by recipients. */
    long getDeferred();

    /** Recipients who were refused for good since the start of this node. */
    long getBounced();

    /** Recipients who were given up since the start of this node. */
    long getExpired();

    /** Recipients to whom mail was sent by this node in the last full minute. */
    long getSentLastMinute();

    /** Attempts that this node put off in the last full minute, counted by recipients. */
    long getDeferredLastMinute();

    /** Recipients who were refused for good in the last full minute, on this node. */
    long getBouncedLastMinute();

    /**
     * Sends nothing more through a connection factory, on any node, until it is resumed.
     *
     * @param factory its JNDI name
     * @return what was done
     */
    String pause(String factory);

    /**
     * Lets a connection factory send again, also one that is left alone because its next hop failed.
     *
     * @param factory its JNDI name
     * @return what was done
     */
    String resume(String factory);

    /** Stops all connection factories. */
    String pauseAll();

    /** Lets all go on. */
    String resumeAll();
}
