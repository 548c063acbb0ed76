package io.smtpra.ra.inbound.delivery;

import io.smtpra.mail.MailLimits;
import io.smtpra.ra.inbound.SmtpActivationSpec;
import io.smtpra.ra.inbound.mail.MailParser;
import io.smtpra.ra.inbound.routing.RecipientPattern;
import io.smtpra.ra.inbound.routing.RoutingConfig;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import io.smtpra.ra.inbound.work.ServerContracts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The way of received mail to beans, without a server. To be registered with {@code @RegisterExtension}. */
final class Deliveries implements AfterEachCallback {

    static final DeliveryOutcome DELIVERED = new DeliveryOutcome.Delivered();
    static final MailParser PARSER = new MailParser("mx.example.com", MailLimits.DEFAULT);
    static final Duration LONG = Duration.ofSeconds(20);

    final FakeTransactions transactions = new FakeTransactions();
    final FakeWorkManager workManager = new FakeWorkManager(transactions);
    private final List<InboundDelivery> started = new ArrayList<>();

    @Override
    public void afterEach(ExtensionContext context) {
        workManager.held.countDown();
        started.forEach(delivery -> delivery.stop(Duration.ofSeconds(5)));
        workManager.close();
    }

    ServerContracts container() {
        return new ServerContracts(workManager, transactions, transactions);
    }

    InboundDelivery start(DeliveryConfig config) {
        InboundDelivery delivery = new InboundDelivery(container(), config, routing(Duration.ZERO), PARSER);
        started.add(delivery);
        return delivery;
    }

    static DeliveryConfig config(
            int max, int queued, Duration queueTimeout, Duration deliveryTimeout, Duration shutdownTimeout) {
        return new DeliveryConfig(max, queued, queueTimeout, deliveryTimeout, shutdownTimeout);
    }

    static RoutingConfig routing(Duration gracePeriod, String... localDomains) {
        return new RoutingConfig(gracePeriod, Stream.of(localDomains)
                .map(domain -> RecipientPattern.parse("*@" + domain)).collect(Collectors.toSet()));
    }

    static SmtpActivationSpec spec(String recipients) {
        SmtpActivationSpec spec = new SmtpActivationSpec();
        spec.setRecipients(recipients);
        return spec;
    }

    static CompletableFuture<DeliveryOutcome> submit(InboundDelivery delivery, String... recipients) {
        return delivery.sink().deliver(Mails.to(recipients)).toCompletableFuture();
    }

    static DeliveryOutcome deliver(InboundDelivery delivery, ReceivedMail mail) throws Exception {
        return delivery.sink().deliver(mail).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
