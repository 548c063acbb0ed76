package io.smtpra.ra.inbound;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.smtpra.ra.inbound.listener.framing.FrameSink;
import io.smtpra.ra.inbound.listener.protocol.ContentReceiver;
import io.smtpra.ra.inbound.listener.protocol.ContentResponse;
import io.smtpra.ra.inbound.listener.protocol.DeferredResponse;
import io.smtpra.ra.inbound.smtp.content.ContentReception;
import io.smtpra.ra.inbound.smtp.reply.SmtpReply;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.protocols.api.Response;

/** A content takes the short way into the store, and a reply is of one type. */
@AnalyzeClasses(packages = "io.smtpra.ra", importOptions = ImportOption.DoNotIncludeTests.class)
class FewHopsTest {

    /** What is not a reply makes the listener wait for one, or read content. */
    @ArchTest
    static final ArchRule A_REPLY_IS_ONE_TYPE = classes().that().areAssignableTo(Response.class)
            .should().beAssignableTo(describe("SmtpReply, or what makes the listener wait or read", type ->
                    List.of(SmtpReply.class, ContentResponse.class, DeferredResponse.class).stream()
                            .anyMatch(type::isAssignableTo)));

    /** Decoder, driver of the session, reception, store: whoever else took octets would stand in between. */
    @ArchTest
    static void nobodyStandsBetweenDecoderAndStore(JavaClasses all) {
        assertThat(implementations(all, FrameSink.class)).containsExactly("SessionDriver");
        assertThat(implementations(all, ContentReceiver.class)).containsExactlyInAnyOrder(
                ContentReception.class.getSimpleName(), "Discarder");
    }

    private static Set<String> implementations(JavaClasses all, Class<?> type) {
        return all.stream().filter(candidate -> candidate.isAssignableTo(type) && !candidate.isInterface())
                .map(JavaClass::getSimpleName).collect(Collectors.toSet());
    }
}
