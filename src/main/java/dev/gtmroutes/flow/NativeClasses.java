// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import dev.gtmroutes.api.ApiHttpClient;
import dev.gtmroutes.api.FirstByteListener;
import dev.gtmroutes.bulk.BulkLoad;
import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.CredentialMask;
import dev.gtmroutes.credential.Departure;
import dev.gtmroutes.credential.RateGate;
import dev.gtmroutes.delivery.Acknowledgement;
import dev.gtmroutes.delivery.DeliveryHttpClient;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.InputKeptException;
import dev.gtmroutes.delivery.InputReader;
import dev.gtmroutes.delivery.RecordFile;
import dev.gtmroutes.delivery.RequestAggregation;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.changed.OnlyChanged;
import dev.gtmroutes.delivery.join.JoinStrategy;
import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.delivery.outcome.ResponseHandler;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.export.ExportSource;
import dev.gtmroutes.export.JobCalls;
import dev.gtmroutes.export.fragment.FragmentDownloads;
import dev.gtmroutes.export.fragment.FragmentTasks;
import dev.gtmroutes.export.fragment.FragmentThreads;
import dev.gtmroutes.inbox.InboxFiles;
import dev.gtmroutes.inbox.SteadyScheduler;
import dev.gtmroutes.kafka.KafkaInputs;
import dev.gtmroutes.kafka.KeepAliveConsumers;
import dev.gtmroutes.kafka.TopicSender;
import dev.gtmroutes.lookup.StoreLookup;
import dev.gtmroutes.lookup.StoreWriter;
import dev.gtmroutes.outbox.Outbox;
import dev.gtmroutes.outbox.Webhook;
import dev.gtmroutes.paged.PagedSource;
import dev.gtmroutes.paged.PagedSteps;
import dev.gtmroutes.paged.RecordsSource;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.record.RequestMapping;
import dev.gtmroutes.record.read.NotRecordsException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/**
 * Classes that only YAML names, and exceptions that Java names to Camel, which looks for them by name. A native image would
 * leave them out.
 */
@RegisterForReflection(targets = {ResponseHandler.class, Acknowledgement.class, ApiAddress.class, ApiCall.class,
        ApiHttpClient.class, BulkLoad.class, InputKeptException.class, InputReader.class, Credential.class,
        CredentialMask.class,
        DeadLetters.class, DeliveryHttpClient.class, Departure.class, DestinationStatus.class, Exception.class,
        ExportSource.class, FirstByteListener.class, FragmentDownloads.class, FragmentTasks.class, FragmentThreads.class,
        InFlight.class, InboxFiles.class, JobCalls.class, JoinStrategy.class, KafkaInputs.class, KameletBean.class,
        NotRecordsException.class,
        OnlyChanged.class, Outbox.class, PagedSource.class, PagedSteps.class, RecordsSource.class, KeepAliveConsumers.class,
        RateGate.class, RecordFile.class,
        RequestAggregation.class, RequestSender.class, RequestMapping.class, SteadyScheduler.class,
        StoreLookup.class, StoreWriter.class, SynchronousExecutorService.class, TopicSender.class, Webhook.class})
final class NativeClasses {
}
