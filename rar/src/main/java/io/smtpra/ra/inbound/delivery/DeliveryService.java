package io.smtpra.ra.inbound.delivery;

import io.smtpra.Recipient;
import io.smtpra.ra.inbound.routing.Activation;
import io.smtpra.ra.inbound.routing.ActivationRegistry;
import io.smtpra.ra.inbound.routing.BeanReplies;
import io.smtpra.ra.inbound.routing.RoutingTable;
import io.smtpra.ra.inbound.smtp.content.DeliveryOutcome;
import io.smtpra.ra.inbound.smtp.content.MailSink;
import io.smtpra.ra.inbound.smtp.content.ReceivedMail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes received mails, sees which activations they go to, and gives them to the {@link DeliveryRunner} in their turn.
 */
final class DeliveryService implements MailSink {

    private final ActivationRegistry registry;
    private final DeliveryRunner runner;

    DeliveryService(ActivationRegistry registry, DeliveryRunner runner) {
        this.registry = registry;
        this.runner = runner;
    }

    @Override
    public CompletionStage<DeliveryOutcome> deliver(ReceivedMail mail) {
        Optional<List<Delivery.Part>> parts = parts(registry.table(), mail);
        Delivery delivery = new Delivery(mail, parts.orElse(List.of()));
        if (parts.isPresent()) {
            runner.submit(delivery);
        } else {
            // They were accepted at RCPT, so a bean has been stopped since: it may come back.
            delivery.end();
            delivery.refuse(BeanReplies.STOPPED);
        }
        return delivery.outcome();
    }

    /** Who gets what; empty if a recipient has nobody. */
    private Optional<List<Delivery.Part>> parts(RoutingTable table, ReceivedMail mail) {
        Map<Activation, List<Recipient>> takers = new LinkedHashMap<>();
        Map<Activation, List<Recipient>> journals = new LinkedHashMap<>();
        for (Recipient recipient : mail.envelope().recipients()) {
            Optional<Activation> taker = table.taker(mail.peer().listener(), recipient.mailbox());
            if (taker.isEmpty()) {
                return Optional.empty();
            }
            takers.computeIfAbsent(taker.get(), key -> new ArrayList<>()).add(recipient);
            table.journals(mail.peer().listener(), recipient.mailbox())
                    .forEach(journal -> journals.computeIfAbsent(journal, key -> new ArrayList<>()).add(recipient));
        }
        takers.putAll(journals);
        List<Delivery.Part> parts = new ArrayList<>(takers.size());
        for (Map.Entry<Activation, List<Recipient>> taker : takers.entrySet()) {
            Optional<BeanDeliveries<Delivery>> bean = runner.bean(taker.getKey());
            if (bean.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Delivery.Part(bean.get(), mail.envelope().withRecipients(taker.getValue())));
        }
        return Optional.of(parts);
    }
}
