// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.record.mapping.Mapping;
import dev.gtmroutes.record.mapping.MappingException;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordSize;
import dev.gtmroutes.record.schema.RequestSchema;

/**
 * What an endpoint makes of a record: what it must have, the URL it goes to, and its part of the body. Its properties
 * are those of a template and of the call of it; set once, it may be used by any number of threads.
 *
 * <p>First the record is mapped. What it must have, the URL, {@code groupBy} and {@code orderBy} are looked up in the mapped
 * record. Then attributes are left out; the body and the optional parameters of the query are made of what is left.
 */
public class RequestMapping {

    private static final byte[] NOTHING = {};
    private static final String ALL = "\"{*}\"";

    private String path = "/";
    private String variable = "";
    private String map = "";
    private boolean mapOthers = true;
    private RecordSize maxRecordBytes = RecordSize.DEFAULT;
    private String body = ALL;
    private boolean batch;
    private String required = "";
    private String allowed = "";
    private String rename = "";
    private String add = "";
    private String exclude = "";
    private boolean keepUrlAttributes;
    private String groupBy = "";
    private String orderBy = "";
    private String contentFormat = "json";
    private boolean vendorForm;
    private String vendorPath = "";
    private String vendorBody = "";
    private String vendorRequired = "";
    private String vendorRename = "";
    private String onlyChanged = "";
    private String sentBy = "";
    private String schema = "";
    private boolean checkSchema;

    private volatile RequestSchema readSchema;
    private volatile Prepared prepared;

    /** Everything that can be worked out before the first record. */
    private record Prepared(Mapping mapping, UriTemplate url, BodyTemplate body, List<Requirement> requirements,
            Removals removals,
            AttributeNames names, List<AttributePath> groupBy, List<AttributePath> orderBy, Attributes attributes,
            Attributes sent, boolean form, FormHash forms, RequestSchema schema) {
    }

    /**
     * What is left out.
     *
     * @param excluded what nobody gets to see
     * @param ofWhole  that, and what stands in the URL already, where a body holds the whole record
     */
    private record Removals(AttributeRemoval excluded, AttributeRemoval ofWhole) {
    }

    /**
     * Checks the settings, so that a mistake in them is told before the first record.
     *
     * @throws IllegalArgumentException if they make no sense; the message says which and why
     */
    public void check() {
        prepared();
    }

    private Prepared prepared() {
        if (prepared == null) {
            prepared = prepare();
        }
        return prepared;
    }

    private Prepared prepare() {
        UriTemplate url = new UriTemplate(vendorForm && !vendorPath.isEmpty() ? vendorPath : path, variable);
        BodyTemplate bodyTemplate = bodyTemplate();
        List<Requirement> requirements = new ArrayList<>(
                Requirement.list(vendorForm && !vendorRequired.isEmpty() ? vendorRequired : required));
        requirements.addAll(Requirement.allowed(allowed));
        List<AttributePath> groups = AttributePath.list(groupBy);
        List<AttributePath> orders = AttributePath.list(orderBy);
        requireNames("groupBy", groupBy, groups);
        requireNames("orderBy", orderBy, orders);
        List<AttributePath> asked = new ArrayList<>(url.needed());
        requirements.forEach(each -> asked.addAll(each.attributes()));
        asked.addAll(groups);
        asked.addAll(orders);
        List<AttributePath> key = AttributePath.list(onlyChanged);
        asked.addAll(key);
        List<AttributePath> sent = new ArrayList<>(url.optional());
        if (bodyTemplate != null) {
            sent.addAll(bodyTemplate.attributes());
        }
        if (AttributePath.list(exclude).isEmpty()) {
            // The same record, so one look at it is enough.
            asked.addAll(sent);
        }
        return new Prepared(mapping(), url, bodyTemplate, requirements, removals(url),
                new AttributeNames(vendorForm ? vendorRename : rename, add), groups, orders, new Attributes(asked),
                new Attributes(sent), contentFormat.equals("form"), key.isEmpty() ? null
                        : new FormHash(key, sentBy, contentType(), vendorForm && !vendorBody.isEmpty() ? vendorBody : body),
                checkSchema && !schema.isEmpty() && bodyTemplate != null ? schemaOfFile() : null);
    }

    private static void requireNames(String parameter, String text, List<AttributePath> names) {
        if (!text.isBlank() && names.isEmpty()) {
            throw new IllegalArgumentException(parameter + " is '" + text + "', which names no attribute. Enter attributes "
                    + "with commas between them, such as user_id, or remove " + parameter);
        }
    }

    private RequestSchema schemaOfFile() {
        if (readSchema == null) {
            readSchema = RequestSchema.read(Path.of(schema), contentFormat.equals("form"));
        }
        return readSchema;
    }

    private Mapping mapping() {
        Mapping mapping;
        try {
            mapping = Mapping.of(map, mapOthers);
        } catch (MappingException e) {
            throw new IllegalArgumentException("map: " + e.getMessage(), e);
        }
        if (mapping.isEmpty() && !mapOthers) {
            throw new IllegalArgumentException(
                    "mapOthers is false, but map has no line, so nothing would be sent. Write lines "
                            + "such as duration = {minutes:number*60}, or remove mapOthers");
        }
        return mapping;
    }

    private Removals removals(UriTemplate url) {
        List<AttributePath> excluded = AttributePath.list(exclude);
        List<AttributePath> ofWhole = new ArrayList<>(excluded);
        if (!keepUrlAttributes) {
            ofWhole.addAll(url.whole());
        }
        return new Removals(AttributeRemoval.of(excluded), AttributeRemoval.of(ofWhole.stream().distinct().toList()));
    }

    private BodyTemplate bodyTemplate() {
        String template = vendorForm && !vendorBody.isEmpty() ? vendorBody : body;
        if (template.equals("none")) {
            return null;
        }
        BodyTemplate made = new BodyTemplate(batch && template.equals(ALL) ? "[" + ALL + "]" : template, variable);
        if (contentFormat.equals("form") && !batch && !made.isObject()) {
            throw new IllegalArgumentException("contentFormat is form, so the body must be the record or an object whose "
                    + "attributes are the fields, not " + template);
        }
        if (batch && contentFormat.equals("form")) {
            throw new IllegalArgumentException("requests are batches, but a form contains one record. Set "
                    + "contentFormat to json");
        }
        if (batch && !made.holdsMany()) {
            throw new IllegalArgumentException("requests are batches, but the body contains one record. Write [\"{*}\"] for "
                    + "the records, such as {\"data\": [\"{*}\"]}");
        }
        return made;
    }

    /** @throws UnfitRecordException if the record lacks what the endpoint needs */
    public ShapedRecord apply(SourceRecord source) throws UnfitRecordException {
        return apply(source, source, RunValues.NONE);
    }

    /**
     * @param  joined the same record with what earlier steps of the flow have added
     * @throws UnfitRecordException if the record cannot be mapped, or lacks what the endpoint needs
     */
    public ShapedRecord apply(SourceRecord source, SourceRecord joined, RunValues run) throws UnfitRecordException {
        Prepared is = prepared();
        byte[] record = is.mapping.apply(joined, run, maxRecordBytes);
        Map<AttributePath, Attributes.Value> values = is.attributes.isEmpty() ? Map.of() : is.attributes.of(record);
        for (Requirement each : is.requirements) {
            each.check(values);
        }
        Map<AttributePath, Attributes.Value> sent = sent(is, record, values);
        String url = is.url.expand(values, sent);
        String group = is.groupBy.isEmpty() ? url : url + valuesOf(is.groupBy, values);
        String order = is.orderBy.isEmpty() || is.orderBy.stream().noneMatch(values::containsKey) ? null
                : valuesOf(is.orderBy, values);
        if (is.body == null) {
            return new ShapedRecord(source, record, NOTHING, url, group, order, form(is, values, url, NOTHING));
        }
        byte[] json = json(is, record, sent);
        if (is.schema != null) {
            List<String> findings = is.schema.findings(is.body.body(List.of(json)));
            if (!findings.isEmpty()) {
                throw new UnfitRecordException(String.join("; ", findings));
            }
        }
        byte[] part = is.form ? FormBody.of(is.body.body(List.of(json))) : json;
        return new ShapedRecord(source, record, part, url, group, order, form(is, values, url, part));
    }

    /** What a record makes of a body, as JSON. */
    private static byte[] json(Prepared is, byte[] record, Map<AttributePath, Attributes.Value> sent)
            throws UnfitRecordException {
        return is.body.part(is.names.apply(is.removals.ofWhole.apply(record)), sent);
    }

    /**
     * Compares the body of a record, which is sent nevertheless, with the schema of the endpoint.
     *
     * @return for each difference, one line; none where there is no schema, or where it was checked before
     */
    public List<String> differences(ShapedRecord shaped) {
        Prepared is = prepared();
        if (schema.isEmpty() || is.body == null || is.schema != null) {
            return List.of();
        }
        try {
            Map<AttributePath, Attributes.Value> values = is.attributes.isEmpty() ? Map.of()
                    : is.attributes.of(shaped.mapped());
            byte[] json = json(is, shaped.mapped(), sent(is, shaped.mapped(), values));
            return schemaOfFile().findings(is.body.body(List.of(json)));
        } catch (UnfitRecordException | IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    private static RecordForm form(Prepared is, Map<AttributePath, Attributes.Value> values, String url, byte[] part) {
        return is.forms == null ? null : is.forms.of(values, url, part);
    }

    /** What is left of the attributes that the body and the query may show, once some are excluded. */
    private static Map<AttributePath, Attributes.Value> sent(Prepared is, byte[] record,
            Map<AttributePath, Attributes.Value> values) {
        return is.sent.isEmpty() || is.removals.excluded.isEmpty() ? values
                : is.sent.of(is.removals.excluded.apply(record));
    }

    private static String valuesOf(List<AttributePath> attributes, Map<AttributePath, Attributes.Value> values)
            throws UnfitRecordException {
        StringBuilder all = new StringBuilder();
        for (AttributePath each : attributes) {
            Attributes.Value value = values.get(each);
            all.append('\n').append(value == null ? "" : value.text() != null ? WholeText.of(each, value.text())
                    : Arrays.toString(value.json()));
        }
        return all.toString();
    }

    /** Whether records are kept in order although they go into different groups. */
    public boolean ordersAcrossGroups() {
        Prepared is = prepared();
        return !is.orderBy.isEmpty() && !(is.groupBy.isEmpty() && is.url.needed().isEmpty() && is.url.optional().isEmpty());
    }

    /** Bytes of a request's body beside its records and the commas between them. */
    public int overhead() {
        Prepared is = prepared();
        return is.body == null || is.form ? 0 : is.body.overhead();
    }

    /** @return the whole body of a request, or null if the endpoint takes none */
    public byte[] body(List<byte[]> parts) {
        Prepared is = prepared();
        return is.body == null ? null : is.form ? parts.get(0) : is.body.body(parts);
    }

    /** The Content-Type of requests with a body. */
    public String contentType() {
        return contentFormat.equals("form") ? "application/x-www-form-urlencoded" : "application/json";
    }

    /** Path under the base URL, or an absolute URL: a {@link UriTemplate}. */
    public void setPath(String path) {
        this.path = path;
    }

    /** A variable of the path that is text, perhaps with attributes of the record in it: {@code name=text}. */
    public void setVariable(String variable) {
        this.variable = variable;
    }

    /** The lines of a {@link Mapping}; blank for none. */
    public void setMap(String map) {
        if (Opening.isKnown(map)) {
            this.map = map;
        }
    }

    /** Whether attributes that no line of the mapping assigns to stay in the record. */
    public void setMapOthers(boolean mapOthers) {
        this.mapOthers = mapOthers;
    }

    /** How long a mapped record may be: bytes, or a number with K, M or G. */
    public void setMaxRecordBytes(String maxRecordBytes) {
        if (Opening.isKnown(maxRecordBytes)) {
            this.maxRecordBytes = RecordSize.of(maxRecordBytes);
        }
    }

    /** A {@link BodyTemplate}, or {@code none}. The record itself becomes an array of records where they are batched. */
    public void setBody(String body) {
        this.body = body;
    }

    /** Whether a request may hold many records. */
    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    /** Attributes a record must have, comma-separated; {@code a|b} for at least one of them. */
    public void setRequired(String required) {
        this.required = required;
    }

    /** Values an attribute may have: {@code type=chat|email}, comma-separated. */
    public void setAllowed(String allowed) {
        this.allowed = allowed;
    }

    /** Attributes that get another name: {@code old=new}, comma-separated. */
    public void setRename(String rename) {
        this.rename = rename;
    }

    /** Attributes that are added where a record has none of that name: {@code name=text}, comma-separated. */
    public void setAdd(String add) {
        this.add = add;
    }

    /** Attributes that are left out, comma-separated, dotted paths for nested ones. */
    public void setExcludeAttributes(String excludeAttributes) {
        this.exclude = excludeAttributes;
    }

    /** Whether attributes that are whole values in the URL stay in a body that holds the whole record, too. */
    public void setKeepUrlAttributes(boolean keepUrlAttributes) {
        this.keepUrlAttributes = keepUrlAttributes;
    }

    /** Attributes whose values must be equal within one request, comma-separated. */
    public void setGroupBy(String groupBy) {
        this.groupBy = groupBy;
    }

    /** Attributes by whose values records are kept in order, comma-separated. */
    public void setOrderBy(String orderBy) {
        this.orderBy = orderBy;
    }

    /** {@code json} or {@code form}. */
    public void setContentFormat(String contentFormat) {
        if (!Opening.isKnown(contentFormat)) {
            return;
        }
        if (!contentFormat.equals("json") && !contentFormat.equals("form")) {
            throw new IllegalArgumentException("contentFormat is '" + contentFormat + "'. Enter json or form");
        }
        this.contentFormat = contentFormat;
    }

    /** {@code record}, as documented, or {@code vendor}, as the vendor's own reference asks for. */
    public void setBodyFormat(String bodyFormat) {
        if (!Opening.isKnown(bodyFormat)) {
            return;
        }
        if (!bodyFormat.equals("record") && !bodyFormat.equals("vendor")) {
            throw new IllegalArgumentException("bodyFormat is '" + bodyFormat + "'. Enter record or vendor");
        }
        this.vendorForm = bodyFormat.equals("vendor");
    }

    /** The path in the vendor's form; blank for the same. */
    public void setVendorPath(String vendorPath) {
        this.vendorPath = vendorPath;
    }

    /** The body in the vendor's form; blank for the same. */
    public void setVendorBody(String vendorBody) {
        this.vendorBody = vendorBody;
    }

    /** What a record must have in the vendor's form; blank for the same. */
    public void setVendorRequired(String vendorRequired) {
        this.vendorRequired = vendorRequired;
    }

    /** What is renamed in the vendor's form. */
    public void setVendorRename(String vendorRename) {
        this.vendorRename = vendorRename;
    }

    /** Attributes that identify a record, comma-separated: each record gets a {@link RecordForm}. Blank for none. */
    public void setOnlyChanged(String onlyChanged) {
        this.onlyChanged = onlyChanged;
    }

    /** Method and vendor API, which are part of the form of each record. */
    public void setSentBy(String sentBy) {
        this.sentBy = sentBy;
    }

    /** The file of a {@link RequestSchema}; blank for none. */
    public void setSchema(String schema) {
        if (Opening.isKnown(schema)) {
            this.schema = schema;
        }
    }

    /** Whether a record is rejected if its body differs from the schema. */
    public void setCheckSchema(boolean checkSchema) {
        this.checkSchema = checkSchema;
    }
}
