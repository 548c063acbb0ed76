package io.smtpra.subsystem;

import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.jboss.as.controller.PathAddress;
import org.jboss.as.controller.operations.common.Util;
import org.jboss.as.controller.parsing.ParseUtils;
import org.jboss.as.controller.persistence.SubsystemMarshallingContext;
import org.jboss.dmr.ModelNode;
import org.jboss.staxmapper.XMLElementReader;
import org.jboss.staxmapper.XMLElementWriter;
import org.jboss.staxmapper.XMLExtendedStreamReader;
import org.jboss.staxmapper.XMLExtendedStreamWriter;

/** The subsystem in the server's configuration file: one element, without content. */
final class SubsystemXml implements XMLElementReader<List<ModelNode>>, XMLElementWriter<SubsystemMarshallingContext> {

    static final String NAMESPACE = "urn:smtp-ra:subsystem:1.0";

    @Override
    public void readElement(XMLExtendedStreamReader reader, List<ModelNode> operations) throws XMLStreamException {
        ModelNode add = Util.createAddOperation(PathAddress.pathAddress(SubsystemResource.PATH));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            ParseUtils.requireNoNamespaceAttribute(reader, i);
            if (!reader.getAttributeLocalName(i).equals(SubsystemResource.SUSPEND_TIMEOUT.getXmlName())) {
                throw ParseUtils.unexpectedAttribute(reader, i);
            }
            SubsystemResource.SUSPEND_TIMEOUT.getParser().parseAndSetParameter(
                    SubsystemResource.SUSPEND_TIMEOUT, reader.getAttributeValue(i), add, reader);
        }
        ParseUtils.requireNoContent(reader);
        operations.add(add);
    }

    @Override
    public void writeContent(XMLExtendedStreamWriter writer, SubsystemMarshallingContext context)
            throws XMLStreamException {
        context.startSubsystemElement(NAMESPACE, false);
        SubsystemResource.SUSPEND_TIMEOUT.getMarshaller().marshallAsAttribute(
                SubsystemResource.SUSPEND_TIMEOUT, context.getModelNode(), false, writer);
        writer.writeEndElement();
    }
}
