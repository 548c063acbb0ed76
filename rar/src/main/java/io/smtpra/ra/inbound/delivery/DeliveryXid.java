package io.smtpra.ra.inbound.delivery;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.transaction.xa.Xid;

/**
 * The id of an imported transaction. It tells which process made it: what an earlier process of this server left in
 * doubt is to be rolled back, what this one has under way is not.
 */
final class DeliveryXid implements Xid {

    /** Marks transactions of this adapter: "SMTP" in ASCII. */
    static final int FORMAT_ID = 0x534d5450;

    private static final int PROCESS_LENGTH = 2 * Long.BYTES;
    private static final int LENGTH = PROCESS_LENGTH + 2 * Long.BYTES;
    private static final byte[] PROCESS = process();

    private final byte[] globalId;

    private DeliveryXid(byte[] globalId) {
        this.globalId = globalId;
    }

    /** An id that no other transaction has. */
    static DeliveryXid create() {
        UUID unique = UUID.randomUUID();
        return new DeliveryXid(ByteBuffer.allocate(LENGTH)
                .put(PROCESS)
                .putLong(unique.getMostSignificantBits())
                .putLong(unique.getLeastSignificantBits())
                .array());
    }

    /** Whether a transaction is one of this adapter's that an earlier process has made. */
    static boolean isOfEarlierProcess(Xid xid) {
        byte[] id = xid.getGlobalTransactionId();
        return xid.getFormatId() == FORMAT_ID
                && id.length == LENGTH
                && !Arrays.equals(id, 0, PROCESS_LENGTH, PROCESS, 0, PROCESS_LENGTH);
    }

    /** The id of a transaction of this adapter's, as the server tells it. */
    static DeliveryXid of(Xid xid) {
        return new DeliveryXid(xid.getGlobalTransactionId().clone());
    }

    /** An id that was written as text; absent if the text is none. */
    static Optional<DeliveryXid> parse(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text)).filter(id -> id.length == LENGTH).map(DeliveryXid::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] process() {
        ProcessHandle process = ProcessHandle.current();
        long started = process.info().startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
        return ByteBuffer.allocate(PROCESS_LENGTH).putLong(process.pid()).putLong(started).array();
    }

    @Override
    public int getFormatId() {
        return FORMAT_ID;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return globalId.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeliveryXid xid && Arrays.equals(globalId, xid.globalId);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(globalId);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(globalId);
    }
}
