// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.remembered.FormFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parameter {@code onlyChanged} of one call of {@code http-delivery-sink}. */
public class OnlyChanged extends KameletBean {

    private static final Logger LOG = LoggerFactory.getLogger(OnlyChanged.class);

    private String routeId = "";
    private String template = "";
    private Path data = Path.of("data");
    private List<String> attributes = List.of();
    private List<String> order = List.of();
    private int maxInFlight;
    private volatile boolean dropped;

    /** Whether there is anything to compare. */
    public boolean isOn() {
        return !attributes.isEmpty();
    }

    /** The attributes that identify a record, as a person wrote them. */
    public String attributes() {
        return String.join(", ", attributes);
    }

    /**
     * To be called when an input is opened.
     *
     * @throws IOException if what is remembered cannot be read or written; the message is one line
     */
    public ChangedRecords open(String flow) throws IOException {
        String destination = destination(flow);
        FormFolder folder = FormFolder.of(data, flow, destination);
        if (!isOn()) {
            drop(folder);
            return ChangedRecords.ALL;
        }
        ChangedRecords records = OpenForms.of(camel).open(folder,
                new FormFolder.About(flow, destination, template, attributes));
        // Records of one key are in order if all that are equal in the key are equal in what orders them.
        records.ordered(maxInFlight == 1 || !order.isEmpty() && attributes.containsAll(order));
        records.checkResets();
        return records;
    }

    /** Records that are sent without being remembered make what was remembered before untrue. */
    private void drop(FormFolder folder) throws IOException {
        if (!dropped && OpenForms.of(camel).drop(folder)) {
            LOG.info("{}: Only Changed is not set any more, so what was remembered of {} was deleted", folder.flow(),
                    folder.destination());
        }
        dropped = true;
    }

    /** What the destination is called within its flow; what is remembered belongs to this name. */
    private String destination(String flow) {
        return destination(flow, routeId);
    }

    /**
     * @param routeId of a delivery, or of the template that calls it
     * @return        under which name it remembers
     */
    public static String destination(String flow, String routeId) {
        return FlowRoute.caller(routeId.startsWith(flow + ":") ? routeId.substring(flow.length() + 1) : routeId);
    }

    /** Attributes that identify a record, comma-separated; blank to send each record. */
    public void setOnlyChanged(String onlyChanged) {
        attributes = names(onlyChanged);
    }

    /** Attributes by whose values records are kept in order; blank for none. */
    public void setOrderBy(String orderBy) {
        order = names(orderBy);
    }

    private static List<String> names(String list) {
        return AttributePath.list(list).stream().map(AttributePath::text).toList();
    }

    /** The most requests under way at a time. */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    /** The id of the delivery's route. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }
}
