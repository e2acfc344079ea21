using Dsl.Runtime;
using Dsl.Tests.Pooling;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Poolings of sequences and images against PyTorch in both targets.</summary>
public class PoolingGoldenTests
{
    [Fact] public void MaxPool1d() => Check<MaxSequence, MaxSequence.Tape>("max_pool1d");

    [Fact] public void MaxPool1d_overlapping() =>
        Check<MaxSequenceOverlapping, MaxSequenceOverlapping.Tape>("max_pool1d_overlapping");

    [Fact] public void AvgPool1d() => Check<MeanSequence, MeanSequence.Tape>("avg_pool1d");

    [Fact] public void AvgPool1d_padded() => Check<MeanSequencePadded, MeanSequencePadded.Tape>("avg_pool1d_padded");

    [Fact]
    public void AvgPool1d_without_counting_padding() =>
        Check<MeanSequencePaddingNotCounted, MeanSequencePaddingNotCounted.Tape>("avg_pool1d_padding_not_counted");

    [Fact] public void AvgPool2d() => Check<MeanImage, MeanImage.Tape>("avg_pool2d");

    [Fact] public void AvgPool2d_padded() => Check<MeanImagePadded, MeanImagePadded.Tape>("avg_pool2d_padded");

    [Fact]
    public void AvgPool2d_without_counting_padding() =>
        Check<MeanImagePaddingNotCounted, MeanImagePaddingNotCounted.Tape>("avg_pool2d_padding_not_counted");

    [Fact] public void AdaptiveAvgPool2d() => Check<Adaptive, Adaptive.Tape>("adaptive_avg_pool2d");

    [Fact]
    public void AdaptiveAvgPool2d_with_overlapping_windows() =>
        Check<AdaptiveOverlapping, AdaptiveOverlapping.Tape>("adaptive_avg_pool2d_overlapping");

    [Fact] public void AdaptiveAvgPool2d_that_enlarges() =>
        Check<AdaptiveEnlarging, AdaptiveEnlarging.Tape>("adaptive_avg_pool2d_enlarging");

    [Fact] public void AdaptiveAvgPool2d_of_one() => Check<AdaptiveOfOne, AdaptiveOfOne.Tape>("adaptive_avg_pool2d_of_one");

    [Fact] public void GlobalAvgPool1d() => Check<GlobalSequence, GlobalSequence.Tape>("global_avg_pool1d");

    [Fact] public void GlobalAvgPool2d() => Check<GlobalImage, GlobalImage.Tape>("global_avg_pool2d");

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("pooling/" + name);
}
