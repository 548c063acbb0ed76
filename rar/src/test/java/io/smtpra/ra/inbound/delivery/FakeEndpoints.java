package io.smtpra.ra.inbound.delivery;

import io.smtpra.DirectoryAnswer;
import io.smtpra.InboundMail;
import io.smtpra.MailListener;
import io.smtpra.Mailbox;
import io.smtpra.Peer;
import io.smtpra.QueueAnswer;
import io.smtpra.Recipient;
import io.smtpra.RecipientAnswer;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.LocalTransactionException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAResource;

/** A bean without a server. Notes what happens to its endpoints, in order. */
public final class FakeEndpoints implements MessageEndpointFactory {

    final List<String> events = new CopyOnWriteArrayList<>();
    final List<InboundMail> mails = new CopyOnWriteArrayList<>();
    volatile boolean available = true;
    /** The event in which the container fails, if it does. */
    volatile String fails = "";
    private final FakeTransactions transactions;
    private final boolean transacted;
    private final MailListener bean;
    private final Class<?> beanClass;

    /** A bean whose container begins a transaction for each delivery. */
    static FakeEndpoints transacted(FakeTransactions transactions, MailListener bean) {
        return new FakeEndpoints(transactions, true, bean, FakeEndpoints.class);
    }

    /** A bean without transactions. */
    public static FakeEndpoints plain(FakeTransactions transactions, MailListener bean) {
        return new FakeEndpoints(transactions, false, bean, FakeEndpoints.class);
    }

    FakeEndpoints(FakeTransactions transactions, boolean transacted, MailListener bean, Class<?> beanClass) {
        this.transactions = transactions;
        this.transacted = transacted;
        this.bean = bean;
        this.beanClass = beanClass;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (!available) {
            throw new UnavailableException("stopped");
        }
        note("create");
        return new Endpoint();
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return transacted;
    }

    @Override
    public String getActivationName() {
        return "same for all";
    }

    @Override
    public Class<?> getEndpointClass() {
        return beanClass;
    }

    private void note(String event) {
        events.add(event);
        if (event.equals(fails)) {
            throw new IllegalStateException("The container fails at " + event);
        }
    }

    private final class Endpoint implements MessageEndpoint, MailListener {

        @Override
        public void beforeDelivery(Method method) {
            note("before");
            if (transacted) {
                transactions.begin();
            }
        }

        @Override
        public void onMail(InboundMail mail) throws Exception {
            events.add("call");
            mails.add(mail);
            bean.onMail(mail);
        }

        @Override
        public void afterDelivery() throws ResourceException {
            note("after");
            if (transacted && !transactions.end()) {
                throw new LocalTransactionException("could not commit");
            }
        }

        @Override
        public RecipientAnswer onRecipient(Recipient recipient, Optional<Mailbox> reversePath, Peer peer)
                throws Exception {
            return bean.onRecipient(recipient, reversePath, peer);
        }

        @Override
        public DirectoryAnswer onVerify(String query, Peer peer) throws Exception {
            return bean.onVerify(query, peer);
        }

        @Override
        public DirectoryAnswer onExpand(String query, Peer peer) throws Exception {
            return bean.onExpand(query, peer);
        }

        @Override
        public QueueAnswer onQueueRequest(String node, Peer peer) throws Exception {
            return bean.onQueueRequest(node, peer);
        }

        @Override
        public void release() {
            note("release");
        }
    }
}
