package io.smtpra.subsystem;

import org.jboss.as.controller.descriptions.ResourceDescriptionResolver;
import org.jboss.as.controller.descriptions.StandardResourceDescriptionResolver;

/** What the server shows of resources, operations and parameters: {@code LocalDescriptions.properties}. */
final class Texts {

    private static final String BUNDLE = Texts.class.getPackageName() + ".LocalDescriptions";

    private Texts() {}

    /** Texts of the subsystem, or of a kind of child. */
    static ResourceDescriptionResolver of(String... child) {
        String prefix = child.length == 0
                ? SmtpRaExtension.SUBSYSTEM : SmtpRaExtension.SUBSYSTEM + "." + String.join(".", child);
        return new StandardResourceDescriptionResolver(prefix, BUNDLE, Texts.class.getClassLoader(), true, false);
    }
}
