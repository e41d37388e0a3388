package dev.gtmroutes.flow;

import dev.gtmroutes.api.ApiHttpClient;
import dev.gtmroutes.api.FirstByteListener;
import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.ApiCall;
import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.credential.CredentialMask;
import dev.gtmroutes.credential.Departure;
import dev.gtmroutes.credential.RateGate;
import dev.gtmroutes.delivery.Accounting;
import dev.gtmroutes.delivery.Acknowledgement;
import dev.gtmroutes.delivery.ChunkKeptException;
import dev.gtmroutes.delivery.ChunkReader;
import dev.gtmroutes.delivery.DeadLetters;
import dev.gtmroutes.delivery.DeliveryHttpClient;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.RecordFile;
import dev.gtmroutes.delivery.RequestAggregation;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.inbox.InboxFiles;
import dev.gtmroutes.inbox.SteadyScheduler;
import dev.gtmroutes.kafka.KafkaChunks;
import dev.gtmroutes.kafka.PatientConsumers;
import dev.gtmroutes.kafka.TopicSender;
import dev.gtmroutes.outbox.Outbox;
import dev.gtmroutes.outbox.Webhook;
import dev.gtmroutes.peopleai.ExportSource;
import dev.gtmroutes.peopleai.FragmentDownloads;
import dev.gtmroutes.peopleai.FragmentTasks;
import dev.gtmroutes.peopleai.FragmentThreads;
import dev.gtmroutes.peopleai.JobCalls;
import dev.gtmroutes.peopleai.PagedSource;
import dev.gtmroutes.record.NotRecordsException;
import dev.gtmroutes.record.Shape;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/**
 * Classes that only YAML names, and exceptions that Java names to Camel, which looks for them by name. A native image would
 * leave them out.
 */
@RegisterForReflection(targets = {Accounting.class, Acknowledgement.class, ApiAddress.class, ApiCall.class,
        ApiHttpClient.class, ChunkKeptException.class, ChunkReader.class, Credential.class, CredentialMask.class,
        DeadLetters.class, DeliveryHttpClient.class, Departure.class, Destination.class, Exception.class,
        ExportSource.class, FirstByteListener.class, FragmentDownloads.class, FragmentTasks.class, FragmentThreads.class,
        InFlight.class, InboxFiles.class, JobCalls.class, KafkaChunks.class, NotRecordsException.class, Outbox.class,
        PagedSource.class, PatientConsumers.class, RateGate.class, RecordFile.class, RequestAggregation.class,
        RequestSender.class, Shape.class, SteadyScheduler.class, SynchronousExecutorService.class, TopicSender.class,
        Webhook.class})
final class NativeClasses {
}
