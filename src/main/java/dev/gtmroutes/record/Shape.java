package dev.gtmroutes.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint makes of a record: what it must have, the URL it goes to, and its part of the body. Its properties
 * are those of a template and of the call of it; set once, it may be used by any number of threads.
 *
 * <p>Attributes are looked up in the record as it came in, before any is left out or renamed.
 */
public class Shape {

    private static final byte[] NOTHING = {};
    private static final String ALL = "\"{*}\"";

    private String path = "/";
    private String variable = "";
    private String body = ALL;
    private boolean batch;
    private String required = "";
    private String allowed = "";
    private String rename = "";
    private String add = "";
    private String exclude = "";
    private String groupBy = "";
    private String orderBy = "";
    private String contentFormat = "json";
    private boolean vendorForm;
    private String vendorPath = "";
    private String vendorBody = "";
    private String vendorRequired = "";
    private String vendorRename = "";

    private volatile Prepared prepared;

    /** Everything that can be worked out before the first record. */
    private record Prepared(UriTemplate url, BodyTemplate body, List<Requirement> requirements, AttributeRemoval removal,
            AttributeNames names, List<AttributePath> groupBy, List<AttributePath> orderBy, Attributes attributes,
            boolean form) {
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
        List<AttributePath> asked = new ArrayList<>(url.variables());
        requirements.forEach(each -> asked.addAll(each.attributes()));
        asked.addAll(groups);
        asked.addAll(orders);
        if (bodyTemplate != null) {
            asked.addAll(bodyTemplate.attributes());
        }
        return new Prepared(url, bodyTemplate, requirements, AttributeRemoval.of(exclude),
                new AttributeNames(vendorForm ? vendorRename : rename, add), groups, orders, new Attributes(asked),
                contentFormat.equals("form"));
    }

    private BodyTemplate bodyTemplate() {
        String template = vendorForm && !vendorBody.isEmpty() ? vendorBody : body;
        if (template.equals("none")) {
            return null;
        }
        BodyTemplate made = new BodyTemplate(batch && template.equals(ALL) ? "[" + ALL + "]" : template);
        if (batch && (contentFormat.equals("form") || !made.holdsMany())) {
            throw new IllegalArgumentException("batch is true, but a request in this form holds one record");
        }
        return made;
    }

    /** @throws UnfitRecordException if the record lacks what the endpoint needs */
    public ShapedRecord apply(SourceRecord source) throws UnfitRecordException {
        Prepared is = prepared();
        byte[] record = source.bytes();
        Map<AttributePath, Attributes.Value> values = is.attributes.isEmpty() ? Map.of() : is.attributes.of(record);
        for (Requirement each : is.requirements) {
            each.check(values);
        }
        String url = is.url.expand(values);
        String group = is.groupBy.isEmpty() ? url : url + valuesOf(is.groupBy, values);
        String order = is.orderBy.isEmpty() || is.orderBy.stream().noneMatch(values::containsKey) ? null
                : valuesOf(is.orderBy, values);
        if (is.body == null) {
            return new ShapedRecord(source, NOTHING, url, group, order);
        }
        byte[] kept = is.names.apply(is.removal.apply(record));
        byte[] part = is.form ? FormBody.of(kept) : is.body.part(kept, values);
        return new ShapedRecord(source, part, url, group, order);
    }

    private static String valuesOf(List<AttributePath> attributes, Map<AttributePath, Attributes.Value> values) {
        StringBuilder all = new StringBuilder();
        for (AttributePath each : attributes) {
            Attributes.Value value = values.get(each);
            all.append('\n').append(value == null ? "" : value.text() != null ? value.text()
                    : Arrays.toString(value.json()));
        }
        return all.toString();
    }

    /** Whether records are kept in order although they go into different groups. */
    public boolean ordersAcrossGroups() {
        Prepared is = prepared();
        return !is.orderBy.isEmpty() && !(is.groupBy.isEmpty() && is.url.variables().isEmpty());
    }

    /** Bytes of a request's body beside its records and the commas between them. */
    public int overhead() {
        return prepared().body == null ? 0 : prepared().body.overhead();
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
        if (!contentFormat.equals("json") && !contentFormat.equals("form")) {
            throw new IllegalArgumentException("contentFormat is '" + contentFormat + "', it has to be json or form");
        }
        this.contentFormat = contentFormat;
    }

    /** {@code record}, as documented, or {@code vendor}, as the vendor's own reference asks for. */
    public void setBodyFormat(String bodyFormat) {
        if (!bodyFormat.equals("record") && !bodyFormat.equals("vendor")) {
            throw new IllegalArgumentException("bodyFormat is '" + bodyFormat + "', it has to be record or vendor");
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
}
