package io.smtpra.queue;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;

/** A room imports only from the rooms below it; each package's {@code package-info} says which these are. */
@AnalyzeClasses(packages = "io.smtpra.queue", importOptions = ImportOption.DoNotIncludeTests.class)
class QueueRoomsTest {

    private static final String ROOT = "io.smtpra.queue";
    private static final String LOG = ROOT + ".log";
    private static final String STORE = ROOT + ".store";
    private static final String CLAIM = ROOT + ".claim";
    private static final String SENDING = ROOT + ".sending";
    private static final String REPORT = ROOT + ".report";
    private static final String BEAN = ROOT + ".bean";

    @ArchTest
    static final ArchRule LOG_USES = room(LOG);

    @ArchTest
    static final ArchRule STORE_USES = room(STORE);

    @ArchTest
    static final ArchRule CLAIM_USES = room(CLAIM, STORE);

    @ArchTest
    static final ArchRule SENDING_USES = room(SENDING, CLAIM, STORE);

    @ArchTest
    static final ArchRule REPORT_USES = room(REPORT, SENDING, CLAIM, STORE);

    @ArchTest
    static final ArchRule BEAN_USES = room(BEAN, REPORT, SENDING, CLAIM, STORE);

    /** Files, each with all that is nested in it, use one another without a circle. */
    @ArchTest
    static final ArchRule FILES_WITHOUT_CIRCLES = slices().assignedFrom(new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", "")) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files of " + ROOT;
        }
    }).should().beFreeOfCycles();

    /** Classes of one room use no other room than these; each may log. */
    private static ArchRule room(String room, String... mayUse) {
        return noClasses().that().resideInAPackage(room).should().dependOnClassesThat(describe("in another room", type ->
                type.getPackageName().startsWith(ROOT + ".")
                        && !type.getPackageName().equals(room)
                        && !type.getPackageName().equals(LOG)
                        && !List.of(mayUse).contains(type.getPackageName())));
    }
}
