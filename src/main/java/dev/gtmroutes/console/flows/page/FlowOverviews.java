// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import dev.gtmroutes.console.credentials.CredentialLinks;
import dev.gtmroutes.console.flows.FlowHistory;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.WaitingInputs;
import dev.gtmroutes.console.flows.WaitingInputs.FileProgress;
import dev.gtmroutes.console.web.BrowserZone;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.LastHour.Minute;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.history.History;
import dev.gtmroutes.inbox.FlowSources;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts together what the page of a flow shows. */
@Singleton
public class FlowOverviews {

    private static final int MOST_FILES = 20;
    /** The rate of the last minutes tells when a file is delivered. */
    private static final int MINUTES = 5;

    private final CamelContext camel;
    private final FlowFiles files;
    private final History history;
    private final WaitingInputs waiting;
    private final CredentialLinks credentials;
    private final FlowSources sources;
    private final Path inbox;

    FlowOverviews(CamelContext camel, FlowFiles files, History history, WaitingInputs waiting,
            CredentialLinks credentials, @ConfigProperty(name = "gtm.data") Path data) {
        this.camel = camel;
        this.files = files;
        this.history = history;
        this.waiting = waiting;
        this.credentials = credentials;
        this.sources = new FlowSources(camel);
        this.inbox = data.resolve("inbox");
    }

    FlowOverview of(FlowStatus flow, FlowLine line, ZoneId zone, boolean mayChange) {
        Instant now = Instant.now();
        ZonedDateTime midnight = BrowserZone.midnight(zone);
        List<InputRow> inputs = inputs(flow, line);
        return new FlowOverview(line, zone.getId(), history.sum(flow.id(), midnight.toInstant(), now),
                history.sum(flow.id(), midnight.minusDays(1).toInstant(), now.atZone(zone).minusDays(1).toInstant()),
                flow.oldestUndelivered().orElse(null),
                median(flow.id()), inputs, Math.max(0, flow.waiting().files() - inputs.size()), settings(line, mayChange),
                noUpload(flow), FlowAlert.of(line, credentials::of), mayChange, mayChange && files.mayEdit());
    }

    /** Why files cannot be put into the inbox of a flow; empty if they can. */
    private String noUpload(FlowStatus flow) {
        String unread = sources.unread(flow.id(), inbox.resolve(flow.id()));
        return unread == null ? "" : unread;
    }

    private List<InputRow> inputs(FlowStatus flow, FlowLine line) {
        List<InputRow> rows = new ArrayList<>();
        long perMinute = perMinute(flow);
        OptionalLong before = OptionalLong.of(0);
        for (FileProgress each : flow.waiting().files() == 0 ? List.<FileProgress>of() : waiting.files(flow, MOST_FILES)) {
            before = before.isEmpty() || each.left().isEmpty() ? OptionalLong.empty()
                    : OptionalLong.of(before.getAsLong() + each.left().getAsLong());
            rows.add(InputRow.of(each, line, before, perMinute));
        }
        return rows;
    }

    private static long perMinute(FlowStatus flow) {
        List<Minute> minutes = FlowHistory.of(flow).minutes();
        List<Minute> last = minutes.subList(minutes.size() - MINUTES, minutes.size());
        List<Minute> busy = last.stream().dropWhile(each -> each.delivered() + each.rejected() == 0).toList();
        return busy.isEmpty() ? 0 : busy.stream().mapToLong(each -> each.delivered() + each.rejected()).sum() / busy.size();
    }

    /** Of those of the last requests that were answered. */
    private Long median(String flow) {
        List<Long> millis = DestinationRegistry.of(camel).recentRequests().after(0).stream()
                .filter(each -> each.flow().equals(flow) && each.status() > 0).map(RecentRequest::millis).sorted().toList();
        return millis.isEmpty() ? null : millis.get(millis.size() / 2);
    }

    private List<SettingRow> settings(FlowLine line, boolean mayChange) {
        Optional<FlowForm> form = files.find(line.id()).flatMap(StoredFlow::form)
                .map(each -> mayChange ? each.masked(files.kamelets()) : each.forViewer(files.kamelets()));
        return form.map(each -> SettingRow.of(line.summary(), each, files.kamelets()))
                .orElseGet(() -> SettingRow.of(line.summary()));
    }
}
