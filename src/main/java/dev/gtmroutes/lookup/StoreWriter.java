// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.RequestForms;
import dev.gtmroutes.api.RequestTaker;
import dev.gtmroutes.delivery.SavedRequest;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.record.ShapedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Service;

/**
 * Puts the records of a request into a store, and answers as an HTTP API would. The step of
 * {@code lookup-store-save-action}.
 */
public class StoreWriter extends KameletBean implements Processor, Service, RequestTaker, RequestForms.Form {

    private String routeId = "";
    private String store = "";
    private KeyValues key = new KeyValues("");
    private KeptAttributes keep = new KeptAttributes("");
    private boolean caseInsensitive = true;
    private Path data = Path.of("data");

    @Override
    public void process(Exchange exchange) throws InterruptedException {
        SavedRequest.answer(exchange, "records cannot be kept in the store " + store, request -> {
            Map<String, byte[]> records = byKey(request);
            return () -> {
                LookupStores.of(camel).open(data, store, storeKey()).put(records);
                return true;
            };
        });
    }

    /** Of two records with the same key, the later one. A record without the key, which passed the delivery, is none. */
    private Map<String, byte[]> byKey(ApiRequest request) {
        StoreKey names = storeKey();
        Map<String, byte[]> records = new LinkedHashMap<>();
        for (ShapedRecord each : request.records()) {
            List<String> values = key.of(each.mapped());
            if (values != null) {
                records.put(names.of(values), keep.of(each.part()));
            }
        }
        return records;
    }

    private StoreKey storeKey() {
        return new StoreKey(key.names(), caseInsensitive);
    }

    @Override
    public List<ApiRequest> shown(ApiRequest request) {
        return request.records().stream().filter(each -> key.of(each.mapped()) != null)
                .map(each -> request.at(store, Map.of("key", String.join(", ", key.of(each.mapped()))))
                        .withBody(keep.of(each.part())))
                .toList();
    }

    /** It is no HTTP, so nobody can try it. */
    @Override
    public String baseUrl(ApiRequest shown) {
        return null;
    }

    @Override
    public void start() {
        RequestForms.of(camel).add(routeId, this);
    }

    @Override
    public void stop() {
        // The store is open for all flows of the context.
    }

    /** Id of the route that it belongs to. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Name of the store. */
    public void setStore(String store) {
        this.store = LookupStores.name(store);
    }

    /** The attributes that identify a record, comma-separated. */
    public void setKey(String key) {
        if (Opening.isKnown(key)) {
            this.key = new KeyValues(key);
            if (this.key.names().isEmpty()) {
                throw new IllegalArgumentException("key is blank. Enter the attribute that identifies a record, such as id");
            }
        }
    }

    /** The attributes that are kept, comma-separated; blank for all. */
    public void setKeep(String keep) {
        this.keep = new KeptAttributes(keep);
    }

    /** Whether keys that differ in the case of letters only are the same. */
    public void setCaseInsensitive(boolean caseInsensitive) {
        this.caseInsensitive = caseInsensitive;
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }
}
