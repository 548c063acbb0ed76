package io.smtpra.ra;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A room imports only from the rooms below it; each package's {@code package-info} says which these are. */
@AnalyzeClasses(packages = "io.smtpra", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {

    private static final String RA = "io.smtpra.ra";
    private static final String CONFIG = RA + ".config";
    private static final String SERVER = RA + ".server";
    private static final String TLS = RA + ".tls";
    private static final String TLS_OPENSSL = TLS + ".openssl";
    private static final String TLS_MATERIAL = TLS + ".material";
    private static final String TLS_SERVER = TLS + ".server";
    private static final String TLS_CLIENT = TLS + ".client";
    private static final String MANAGEMENT = RA + ".management";
    private static final String TELEMETRY = RA + ".telemetry";
    private static final String LOG = RA + ".log";
    private static final String EVENT = RA + ".event";
    private static final String MESSAGE = RA + ".message";
    private static final String AUTHENTICITY = RA + ".authenticity";
    private static final String DNS = AUTHENTICITY + ".dns";
    private static final String SPF = AUTHENTICITY + ".spf";
    private static final String DMARC = AUTHENTICITY + ".dmarc";
    private static final String INBOUND = RA + ".inbound";
    private static final String MAIL = RA + ".inbound.mail";
    private static final String SMTP = RA + ".inbound.smtp";
    /** The rooms within {@link #SMTP}, the upper ones first: each uses only what follows. */
    private static final List<String> SMTP_ROOMS = Stream.of(
            "command", "hook", "hosting", "content", "auth", "argument", "session", "rules", "reply")
            .map(room -> SMTP + "." + room).toList();
    private static final String DELIVERY = RA + ".inbound.delivery";
    private static final String ROUTING = RA + ".inbound.routing";
    private static final String USERS = RA + ".inbound.users";
    private static final String WORK = RA + ".inbound.work";
    private static final String LISTENER = RA + ".inbound.listener";
    private static final String ACCESS = LISTENER + ".access";
    private static final String FRAMING = LISTENER + ".framing";
    private static final String PROTOCOL = LISTENER + ".protocol";
    private static final String OUTBOUND = RA + ".outbound";
    private static final String FORM = RA + ".outbound.form";
    private static final String RELAY = RA + ".outbound.relay";
    private static final String OUT_SETTINGS = RA + ".outbound.settings";
    private static final String OUT_TRANSACTION = RA + ".outbound.transaction";
    private static final String OUT_SESSION = RA + ".outbound.session";
    private static final String CLIENT = RA + ".client";
    private static final String CLIENT_NET = CLIENT + ".net";
    private static final String CLIENT_TRANSFER = CLIENT + ".transfer";
    private static final String SASL = RA + ".sasl";
    private static final String DKIM = AUTHENTICITY + ".dkim";
    private static final String DKIM_SIGN = DKIM + ".sign";

    @ArchTest
    static final ArchRule API_USES_NO_ROOM = noClasses().that().resideInAPackage("io.smtpra")
            .should().dependOnClassesThat().resideInAPackage(RA + "..");

    @ArchTest
    static final ArchRule IDNA_USES = classes().that().resideInAPackage("io.smtpra.idna")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "io.smtpra.idna");

    @ArchTest
    static final ArchRule COMPOSE_USES = classes().that().resideInAPackage("io.smtpra.compose")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "jakarta.mail..", "jakarta.activation..",
                    "io.smtpra", "io.smtpra.idna", "io.smtpra.compose");

    @ArchTest
    static final ArchRule CONFIG_USES = room(CONFIG);

    @ArchTest
    static final ArchRule TELEMETRY_USES = room(TELEMETRY);

    @ArchTest
    static final ArchRule EVENT_USES = room(EVENT, WORK, SERVER, CONFIG);

    @ArchTest
    static final ArchRule LOG_USES = room(LOG);

    @ArchTest
    static final ArchRule MESSAGE_USES = room(MESSAGE);

    @ArchTest
    static final ArchRule DNS_USES = room(DNS, CONFIG);

    @ArchTest
    static final ArchRule AUTHENTICITY_USES = room(AUTHENTICITY, MESSAGE, CONFIG);

    @ArchTest
    static final ArchRule SPF_USES = room(SPF);

    @ArchTest
    static final ArchRule DMARC_USES = room(DMARC);

    @ArchTest
    static final ArchRule DNSJAVA_STAYS_INSIDE = noClasses().that().resideOutsideOfPackage(DNS)
            .should().dependOnClassesThat().resideInAPackage("org.xbill..");

    @ArchTest
    static final ArchRule SERVER_USES = room(SERVER, SASL);

    @ArchTest
    static final ArchRule TLS_USES = room(TLS);

    @ArchTest
    static final ArchRule TLS_OPENSSL_USES = room(TLS_OPENSSL, TLS);

    /** Where they live, no other class of ours is to be found. */
    @ArchTest
    static final ArchRule SHARED_LIBRARY_STANDS_ALONE = noClasses().that().haveSimpleNameStartingWith("Shared")
            .and().resideInAPackage(TLS_OPENSSL).should().dependOnClassesThat(
                    describe("ours, not shared", type -> type.getPackageName().startsWith("io.smtpra")
                            && !type.getSimpleName().startsWith("Shared")));

    @ArchTest
    static final ArchRule TLS_MATERIAL_USES = room(TLS_MATERIAL, TLS, SERVER, CONFIG);

    @ArchTest
    static final ArchRule TLS_SERVER_USES = room(TLS_SERVER, TLS, TLS_MATERIAL, TLS_OPENSSL, CONFIG);

    @ArchTest
    static final ArchRule TLS_CLIENT_USES = room(TLS_CLIENT, TLS, TLS_MATERIAL, TLS_OPENSSL);

    @ArchTest
    static final ArchRule MANAGEMENT_USES = room(MANAGEMENT, LISTENER, ACCESS, SMTP + ".rules", TLS, TLS_MATERIAL,
            TLS_SERVER, TLS_CLIENT);

    @ArchTest
    static final ArchRule LISTENER_USES = room(
            LISTENER, ACCESS, FRAMING, PROTOCOL, SMTP + ".reply", TLS_SERVER, CONFIG, SERVER);

    @ArchTest
    static final ArchRule PROTOCOL_USES = room(PROTOCOL, FRAMING, SMTP + ".reply");

    @ArchTest
    static final ArchRule ACCESS_USES = room(ACCESS, CONFIG);

    @ArchTest
    static final ArchRule FRAMING_USES = room(FRAMING);

    @ArchTest
    static final ArchRule SMTP_USES =
            room(SMTP, with(SMTP_ROOMS, PROTOCOL, FRAMING, SASL, MESSAGE, TLS_SERVER, CONFIG));

    @ArchTest
    static void smtpRoomsUseOnlyWhatFollows(JavaClasses classes) {
        for (int i = 0; i < SMTP_ROOMS.size(); i++) {
            room(SMTP_ROOMS.get(i), with(SMTP_ROOMS.subList(i + 1, SMTP_ROOMS.size()),
                    PROTOCOL, ACCESS, FRAMING, SASL, MESSAGE, TLS_SERVER, CONFIG, AUTHENTICITY, SPF, DMARC))
                    .check(classes);
        }
    }

    /**
     * Files, each with all that is nested in it, use one another without a circle; but for what Connectors make one of
     * the other, factory and connection, and for a received message, the parts of which may hold a message again.
     */
    @ArchTest
    static final ArchRule FILES_WITHOUT_CIRCLES = slices().assignedFrom(new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(RA) && !type.getPackageName().equals(OUTBOUND)
                    ? SliceIdentifier.of(
                            type.getName().replaceFirst("\\$.*", "").replaceFirst("mail[.]Received.*", "mail"))
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files of " + RA;
        }
    }).should().beFreeOfCycles();

    /** A name means one thing: nobody has to look at an import to know which. */
    @ArchTest
    static void namesAreUnique(JavaClasses classes) {
        Map<String, List<String>> byName = classes.stream()
                .filter(type -> type.getPackageName().startsWith(RA) && type.isTopLevelClass())
                // what an annotation processor has made has the name of its interface
                .filter(type -> !type.getName().contains("$"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName,
                        Collectors.mapping(JavaClass::getName, Collectors.toList())));
        byName.remove("package-info");
        assertThat(byName.values()).allSatisfy(types -> assertThat(types).hasSize(1));
    }

    /** In all modules, not only in this one. */
    @ArchTest
    static void namesAreUniqueInTheProject(JavaClasses classes) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            assertThat(files.filter(file -> file.toString().matches("\\.\\./\\w+/src/main/java/.*\\.java"))
                    .map(file -> file.getFileName().toString()).filter(name -> !name.equals("package-info.java")))
                    .hasSizeGreaterThan(500).doesNotHaveDuplicates();
        }
    }

    @ArchTest
    static final ArchRule MAIL_USES = room(MAIL, SMTP + ".content", MESSAGE, CONFIG);

    static final ArchRule WORK_USES = room(WORK);

    @ArchTest
    static final ArchRule USERS_USES = room(USERS, WORK, SMTP + ".auth", SERVER, CONFIG);

    @ArchTest
    static final ArchRule ROUTING_USES = room(ROUTING, WORK, SMTP + ".command", SMTP + ".hook", SERVER, CONFIG);

    @ArchTest
    static final ArchRule INBOUND_USES = room(INBOUND, ROUTING, SERVER, CONFIG);

    @ArchTest
    static final ArchRule DELIVERY_USES =
            room(DELIVERY, with(SMTP_ROOMS, INBOUND, ROUTING, MAIL, USERS, WORK, MESSAGE, SERVER, CONFIG));

    @ArchTest
    static final ArchRule DKIM_USES = room(DKIM, AUTHENTICITY);

    @ArchTest
    static final ArchRule DKIM_SIGN_USES = room(DKIM_SIGN, DKIM, TLS, TLS_MATERIAL);

    @ArchTest
    static final ArchRule SASL_USES = room(SASL);

    @ArchTest
    static final ArchRule CLIENT_NET_USES = room(CLIENT_NET, TLS_CLIENT);

    @ArchTest
    static final ArchRule CLIENT_TRANSFER_USES = room(CLIENT_TRANSFER, CLIENT_NET);

    @ArchTest
    static final ArchRule CLIENT_USES = room(CLIENT, CLIENT_TRANSFER, CLIENT_NET, SASL, TLS_CLIENT);

    @ArchTest
    static final ArchRule OUTBOUND_USES = room(OUTBOUND, OUT_SESSION, OUT_SETTINGS, OUT_TRANSACTION, RELAY, FORM, SASL,
            SERVER, MESSAGE, TLS_CLIENT, CONFIG);

    @ArchTest
    static final ArchRule OUT_SETTINGS_USES = room(OUT_SETTINGS, RELAY, DKIM_SIGN, CLIENT, CLIENT_TRANSFER,
            CLIENT_NET, SASL, TLS, TLS_MATERIAL, TLS_CLIENT, CONFIG);

    @ArchTest
    static final ArchRule OUT_SESSION_USES = room(OUT_SESSION, CLIENT_TRANSFER);

    @ArchTest
    static final ArchRule OUT_TRANSACTION_USES = room(OUT_TRANSACTION, RELAY, SERVER);

    @ArchTest
    static final ArchRule RELAY_USES = room(RELAY, FORM, DKIM_SIGN, CLIENT, CLIENT_TRANSFER, CLIENT_NET,
            SASL, MESSAGE, TLS_CLIENT);

    @ArchTest
    static final ArchRule FORM_USES = room(FORM, MESSAGE, DKIM, DKIM_SIGN, CLIENT_TRANSFER, CLIENT_NET);

    @ArchTest
    static final ArchRule INBOUND_AND_OUTBOUND_APART = noClasses().that().resideInAPackage(INBOUND + "..")
            .should().dependOnClassesThat().resideInAPackage(OUTBOUND + "..");

    @ArchTest
    static final ArchRule JAMES_STAYS_INSIDE = noClasses().that()
            .resideOutsideOfPackages(SMTP + "..", LISTENER, PROTOCOL)
            .should().dependOnClassesThat().resideInAPackage("org.apache.james..");

    @ArchTest
    static final ArchRule WILDFLY_STAYS_INSIDE = noClasses().that().resideOutsideOfPackage(SERVER)
            .should().dependOnClassesThat().resideInAnyPackage("org.jboss.msc..", "org.wildfly.security.auth..",
                    "org.wildfly.security.credential..", "org.wildfly.security.password..",
                    "org.wildfly.security.evidence..");

    @ArchTest
    static final ArchRule NETTY_STAYS_INSIDE = noClasses().that().resideOutsideOfPackages(
                    LISTENER + "..", TLS_SERVER, TLS_OPENSSL)
            .should().dependOnClassesThat().resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule OLD_MAIL_CLASSES_STAY_INSIDE = classes().that().arePublic()
            .should(new ArchCondition<>("show no javax.mail type") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    shownTypes(type).filter(shown -> shown.getPackageName().startsWith("javax.mail")).forEach(shown ->
                            events.add(SimpleConditionEvent.violated(type,
                                    type.getName() + " shows " + shown.getName())));
                }
            });

    private static String[] with(List<String> rooms, String... more) {
        return Stream.concat(rooms.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    /** Classes of one room, not of those within it, use no other room than these; each may count and log. */
    private static ArchRule room(String room, String... mayUse) {
        DescribedPredicate<JavaClass> otherRoom = describe("in another room", type ->
                type.getPackageName().startsWith(RA)
                        && !type.getPackageName().equals(room)
                        && !type.getPackageName().equals(TELEMETRY)
                        && !type.getPackageName().equals(LOG)
                        && !Arrays.asList(mayUse).contains(type.getPackageName()));
        return noClasses().that().resideInAPackage(room).should().dependOnClassesThat(otherRoom);
    }

    private static Stream<JavaClass> shownTypes(JavaClass type) {
        Stream<JavaClass> fields = type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC)).map(JavaField::getRawType);
        Stream<JavaClass> methods = type.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)).flatMap(RoomsTest::signature);
        return Stream.concat(Stream.concat(fields, methods), Stream.concat(
                type.getRawSuperclass().stream(), type.getRawInterfaces().stream()));
    }

    private static Stream<JavaClass> signature(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
    }
}
