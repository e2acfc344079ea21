using System.Text.Json.Serialization;

namespace Bench;

/// <summary>A row of the results: microseconds and managed bytes a step, and the other sides' time over ours. Spreads are half of
/// the middle half of the blocks, as a share of the median. What a trial says is null where there was none.</summary>
internal sealed record Measurement
{
    public required string Workload { get; init; }

    public required string Target { get; init; }

    public required int Threads { get; init; }

    public required double Flops { get; init; }

    public required double OursUs { get; init; }

    public required double OursSpread { get; init; }

    public required double OursBytes { get; init; }

    public long? OursPeakBytes { get; init; }

    public long? OursTensors { get; init; }

    public long? OursOperators { get; init; }

    [JsonPropertyName("torchsharp_us")]
    public required double TorchSharpUs { get; init; }

    [JsonPropertyName("torchsharp_spread")]
    public required double TorchSharpSpread { get; init; }

    [JsonPropertyName("torchsharp_bytes")]
    public required double TorchSharpBytes { get; init; }

    [JsonPropertyName("torchsharp_peak_bytes")]
    public long? TorchSharpPeakBytes { get; init; }

    [JsonPropertyName("torchsharp_tensors")]
    public long? TorchSharpTensors { get; init; }

    [JsonPropertyName("ratio_torchsharp")]
    public required double RatioTorchSharp { get; init; }

    [JsonPropertyName("ratio_torchsharp_spread")]
    public required double RatioTorchSharpSpread { get; init; }

    public double? PytorchUs { get; init; }

    public double? PytorchSpread { get; init; }

    public long? PytorchPeakBytes { get; init; }

    public double? Ratio { get; init; }

    public double? RatioSpread { get; init; }
}
