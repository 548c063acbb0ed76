package io.smtpra.ra.outbound.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.naming.Context;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NamingException;
import org.junit.jupiter.api.Test;

class SessionBindingsTest {

    private final Map<String, Object> names = new TreeMap<>();
    private final Session session = Session.getInstance(new Properties());
    private boolean undeploying;
    private final SessionBindings bindings = new SessionBindings(this::context);

    @Test
    void aNameComesWithTheStartAndGoesWithTheStop() throws Exception {
        bindings.add("java:/a", session);
        assertThat(names).isEmpty();
        bindings.start();
        assertThat(names).containsOnly(Map.entry("java:/a", session));
        bindings.close();
        assertThat(names).isEmpty();
    }

    @Test
    void aFactoryThatIsMadeAfterTheStartHasItsNameAtOnce() throws Exception {
        bindings.start();
        bindings.add("java:/a", session);
        assertThat(names).containsKey("java:/a");
    }

    @Test
    void aNameThatIsTakenFailsTheStartAndNoneIsLeft() throws Exception {
        names.put("java:jboss/mail/Default", "another");
        bindings.add("java:/a", session);
        bindings.add("java:jboss/mail/Default", session);

        assertThatThrownBy(bindings::start).isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("property 'sessionJndiName' is 'java:jboss/mail/Default', allowed: a name that")
                .hasMessageContaining("NameAlreadyBoundException");
        assertThat(names).containsOnly(Map.entry("java:jboss/mail/Default", "another"));
    }

    @Test
    void twoFactoriesOfOneNameAreAFault() throws Exception {
        bindings.add("java:/a", session);
        bindings.add("java:/a", Session.getInstance(new Properties()));
        assertThatThrownBy(bindings::start).hasMessageContaining("'java:/a'");
        assertThat(names).isEmpty();
    }

    @Test
    void aServerThatUnbindsByItselfIsLeftToDoSo() throws Exception {
        bindings.add("java:/a", session);
        bindings.start();
        undeploying = true;
        assertThatCode(bindings::close).doesNotThrowAnyException();
    }

    /** As in a test, or a server module: there is no naming, or none that lets us bind. */
    @Test
    void withoutNamingANameFailsTheStart() throws Exception {
        SessionBindings inNoServer = new SessionBindings();
        assertThatCode(inNoServer::start).doesNotThrowAnyException();
        assertThatThrownBy(() -> inNoServer.add("java:/a", session))
                .isInstanceOf(ResourceAdapterInternalException.class).hasMessageContaining("naming subsystem");
    }

    private Context context() {
        return (Context) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Context.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "bind" -> {
                            if (names.putIfAbsent((String) arguments[0], arguments[1]) != null) {
                                throw new NameAlreadyBoundException((String) arguments[0]);
                            }
                        }
                        case "unbind" -> {
                            if (undeploying) {
                                throw new NamingException("read-only");
                            }
                            names.remove((String) arguments[0]);
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
