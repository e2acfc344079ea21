using System.Text.Json.Serialization;

namespace Bench;

/// <summary>A row of the results: microseconds and managed bytes a step, and the other sides' time over ours.</summary>
internal sealed record Measurement(
    string Workload, string Target, int Threads, double OursUs, double OursBytes,
    [property: JsonPropertyName("torchsharp_us")] double TorchSharpUs,
    [property: JsonPropertyName("torchsharp_bytes")] double TorchSharpBytes,
    [property: JsonPropertyName("ratio_torchsharp")] double RatioTorchSharp,
    double? PytorchUs, double? Ratio);
