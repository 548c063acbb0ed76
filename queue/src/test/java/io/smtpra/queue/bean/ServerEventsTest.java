package io.smtpra.queue.bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smtpra.queue.MailSent;
import io.smtpra.queue.QueueEventTarget;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerEventsTest {

    private static final MailSent EVENT = new MailSent(7, List.of());

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @AfterEach
    void removeAll() throws JMException {
        for (ObjectName name : QueueEventTarget.all(server)) {
            server.unregisterMBean(name);
        }
    }

    @Test
    void everyApplicationHears() throws JMException {
        List<Object> heard = new ArrayList<>();
        register("shop.war", heard::add);
        register("a \"second\", one", heard::add);

        new ServerEvents().accept(EVENT);

        assertThat(heard).containsExactly(EVENT, EVENT);
    }

    @Test
    void withoutAnyNothingHappens() {
        new ServerEvents().accept(EVENT);
    }

    @Test
    void whatAnObserverThrowsIsThrownAsItIs() throws JMException {
        IllegalArgumentException thrown = new IllegalArgumentException("not now");
        QueueEventTarget target = event -> {
            throw thrown;
        };
        // as the proxies of a context service are
        register("shop.war", (QueueEventTarget) Proxy.newProxyInstance(QueueEventTarget.class.getClassLoader(),
                new Class<?>[] {QueueEventTarget.class}, (proxy, method, arguments) -> method.invoke(target, arguments)));

        assertThatThrownBy(() -> new ServerEvents().accept(EVENT)).isSameAs(thrown);
    }

    private void register(String application, QueueEventTarget target) throws JMException {
        server.registerMBean(new StandardMBean(target, QueueEventTarget.class), QueueEventTarget.name(application));
    }
}
