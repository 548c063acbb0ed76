package io.smtpra.it;

import com.pivovarit.function.ThrowingFunction;
import com.sanctionco.jmail.JMail;
import io.smtpra.it.app.MailSessionServlet;
import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.logging.LogFactory;
import org.apache.commons.mail2.core.EmailException;
import org.apache.commons.mail2.jakarta.SimpleEmail;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.mailer.MailerBuilder;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.ResourceLoader;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The application of {@link MailSessionServlet}, which knows Jakarta Mail alone, and what can be asked of it. */
record MailApplication(WildFly wildFly) {

    /** What an application brings: its own classes and libraries, and nothing of the adapter. */
    static WebArchive archive() {
        WebArchive application = ShrinkWrap.create(WebArchive.class, "mail.war").addClass(MailSessionServlet.class)
                .addPackages(false, path -> path.get().matches(".*/[A-Za-z]*MailClient(\\$\\d+)?\\.class"),
                        MailSessionServlet.class.getPackage());
        libraries().forEach(application::addAsLibrary);
        return application;
    }

    /** Without what the server has: Jakarta Mail, its implementation, SLF4J. */
    private static Stream<File> libraries() {
        return Stream.of(
                        // Spring
                        JavaMailSenderImpl.class, ResourceLoader.class, InitializingBean.class, LogFactory.class,
                        // Simple Java Mail
                        MailerBuilder.class, Mailer.class, JMail.class, ThrowingFunction.class,
                        // Commons Email
                        SimpleEmail.class, EmailException.class)
                .map(type -> new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
    }

    /** Sends as one of its clients; {@code more} are parameters as {@code &end=commit}. */
    List<String> send(String client, String subject, String more) {
        return wildFly.request("/mail/send?client=" + client + "&subject=" + subject.replace(' ', '+')
                + "&to=a@example.org,b@example.org" + more, "").lines().toList();
    }

    /** What its listener has heard of its last mail. */
    String heard() {
        return wildFly.request("/mail/send?client=heard", "");
    }

    static List<String> subjects(SmtpPeer peer) {
        return peer.mails().stream().map(mail -> mail.content().lines()
                .filter(line -> line.startsWith("Subject: ")).findFirst().orElseThrow().substring(9)).toList();
    }
}
