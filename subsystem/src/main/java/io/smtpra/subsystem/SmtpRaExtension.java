package io.smtpra.subsystem;

import org.jboss.as.controller.Extension;
import org.jboss.as.controller.ExtensionContext;
import org.jboss.as.controller.ModelVersion;
import org.jboss.as.controller.SubsystemRegistration;
import org.jboss.as.controller.parsing.ExtensionParsingContext;

/** What the server loads where its configuration names the module {@code io.smtpra.subsystem} as an extension. */
public final class SmtpRaExtension implements Extension {

    static final String SUBSYSTEM = "smtp-ra";
    private static final ModelVersion VERSION = ModelVersion.create(1, 0, 0);

    @Override
    public void initialize(ExtensionContext context) {
        SubsystemRegistration subsystem = context.registerSubsystem(SUBSYSTEM, VERSION);
        subsystem.registerSubsystemModel(new SubsystemResource(context.isRuntimeOnlyRegistrationValid()));
        subsystem.registerXMLElementWriter(new SubsystemXml());
    }

    @Override
    public void initializeParsers(ExtensionParsingContext context) {
        context.setSubsystemXmlMapping(SUBSYSTEM, SubsystemXml.NAMESPACE, SubsystemXml::new);
    }
}
