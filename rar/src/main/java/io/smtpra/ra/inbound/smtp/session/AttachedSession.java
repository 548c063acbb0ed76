package io.smtpra.ra.inbound.smtp.session;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPSessionImpl;

/**
 * A session's attachments. What James keeps in some of them is derived from what we know, and so is never out of date;
 * what a hook writes there is not kept. The maps bear a hook that was given up and goes on.
 */
abstract class AttachedSession extends SMTPSessionImpl {

    private final Map<AttachmentKey<?>, Object> ofConnection = new ConcurrentHashMap<>(4);
    private final Map<AttachmentKey<?>, Object> ofTransaction = new ConcurrentHashMap<>(4);

    AttachedSession(ProtocolTransport transport, SMTPConfiguration configuration) {
        super(transport, configuration);
    }

    /**
     * What is derived.
     *
     * @param name of the attachment
     * @param state where it is looked for
     * @return its value, empty where it has none now; absent (the outer one) where the attachment is not derived
     */
    abstract Optional<Optional<?>> derived(String name, State state);

    @Override
    public final <T> Optional<T> getAttachment(AttachmentKey<T> key, State state) {
        return derived(key.asString(), state)
                .map(value -> key.convert(value.orElse(null)))
                .orElseGet(() -> key.convert(attachments(state).get(key)));
    }

    @Override
    public final <T> Optional<T> setAttachment(AttachmentKey<T> key, T value, State state) {
        Optional<Optional<?>> derived = derived(key.asString(), state);
        return derived.isPresent()
                ? key.convert(derived.get().orElse(null))
                : key.convert(attachments(state).put(key, value));
    }

    @Override
    public final <T> Optional<T> removeAttachment(AttachmentKey<T> key, State state) {
        return key.convert(attachments(state).remove(key));
    }

    @Override
    @Deprecated
    public final Map<AttachmentKey<?>, Object> getState() {
        return attachments(State.Transaction);
    }

    @Override
    @Deprecated
    public final Map<AttachmentKey<?>, Object> getConnectionState() {
        return attachments(State.Connection);
    }

    private Map<AttachmentKey<?>, Object> attachments(State state) {
        return state == State.Connection ? ofConnection : ofTransaction;
    }
}
