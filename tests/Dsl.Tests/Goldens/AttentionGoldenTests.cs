using Dsl.Runtime;
using Dsl.Tests.Attention;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Attention, transformer layers and encodings of places against torch.nn, in both modes and both targets.</summary>
public class AttentionGoldenTests
{
    [Fact] public void SelfAttention() => Check<Heads2, Heads2.Tape>("self_attention");

    [Fact] public void SelfAttention_of_four_heads() => Check<Heads4, Heads4.Tape>("self_attention_4_heads");

    [Fact] public void SelfAttention_to_what_came_before() => Check<Causal, Causal.Tape>("self_attention_causal");

    [Fact] public void SelfAttention_without_bias() => Check<NoBias, NoBias.Tape>("self_attention_no_bias");

    [Fact] public void SelfAttention_with_rotary_embedding() => Check<Rotary, Rotary.Tape>("self_attention_rotary");

    [Fact] public void SelfAttention_with_another_rotary_base() =>
        Check<RotaryCausal, RotaryCausal.Tape>("self_attention_rotary_causal");

    [Fact] public void CrossAttention() => Check<Cross, Cross.Tape>("cross_attention");

    [Fact] public void CrossAttention_without_bias() => Check<CrossNoBias, CrossNoBias.Tape>("cross_attention_no_bias");

    [Fact]
    public void CrossAttention_to_other_features() =>
        Check<CrossOtherFeatures, CrossOtherFeatures.Tape>("cross_attention_other_features");

    [Fact] public void FeedForward() => Check<Feeds, Feeds.Tape>("feed_forward");

    [Fact] public void FeedForward_with_GELU() => Check<FeedsGelu, FeedsGelu.Tape>("feed_forward_gelu");

    [Fact] public void FeedForward_with_approximate_GELU() => Check<FeedsGeluTanh, FeedsGeluTanh.Tape>("feed_forward_gelu_tanh");

    [Fact] public void FeedForward_with_SiLU() => Check<FeedsSiluNoBias, FeedsSiluNoBias.Tape>("feed_forward_silu_no_bias");

    [Fact] public void TransformerEncoderLayer() => Check<Encoder, Encoder.Tape>("encoder");

    [Fact] public void TransformerEncoderLayer_normalised_first() =>
        Check<EncoderNormFirst, EncoderNormFirst.Tape>("encoder_norm_first");

    [Fact] public void TransformerEncoderLayer_of_GPT() =>
        Check<EncoderGeluCausal, EncoderGeluCausal.Tape>("encoder_gelu_causal");

    [Fact] public void TransformerEncoderLayer_with_epsilon() => Check<EncoderEpsilon, EncoderEpsilon.Tape>("encoder_eps");

    [Fact] public void TransformerDecoderLayer() => Check<Decoder, Decoder.Tape>("decoder");

    [Fact] public void TransformerDecoderLayer_normalised_first() =>
        Check<DecoderNormFirst, DecoderNormFirst.Tape>("decoder_norm_first");

    [Fact] public void TransformerDecoderLayer_that_sees_all() =>
        Check<DecoderNotCausal, DecoderNotCausal.Tape>("decoder_not_causal");

    [Fact] public void PositionalEmbedding() => Check<Positions, Positions.Tape>("positions");

    [Fact] public void PositionalEmbedding_of_more_places() => Check<PositionsOfMore, PositionsOfMore.Tape>("positions_of_more");

    [Fact] public void ClassToken() => Check<WithClassToken, WithClassToken.Tape>("class_token");

    [Fact] public void Place() => Check<ThirdPlace, ThirdPlace.Tape>("place");

    [Fact] public void Place_from_the_end() => Check<LastPlace, LastPlace.Tape>("place_last");

    [Fact] public void SinusoidalEncoding() => Check<Sinusoids, Sinusoids.Tape>("sinusoids");

    [Fact] public void SinusoidalEncoding_of_an_odd_number_of_features() =>
        Check<SinusoidsOdd, SinusoidsOdd.Tape>("sinusoids_odd");

    [Fact]
    public void Both_targets_draw_the_same_masks_in_a_stack_of_all()
    {
        using var model = new EverySequenceLayer().to(ScalarType.Float64);
        using var input = randn([5, 6, 8], ScalarType.Float64);
        BothTargets.Agree(model, new EverySequenceLayer.Tape(), input, () => model.DropoutStream = new Generator(7));
    }

    [Fact]
    public void Tables_follow_the_model_and_are_no_state()
    {
        using var model = new RotaryCausal();
        Assert.Equal(["0.in_proj_bias", "0.in_proj_weight", "0.out_proj.bias", "0.out_proj.weight"],
            model.state_dict().Keys.Order(StringComparer.Ordinal));
        using var input = randn([2, 5, 8]);
        var before = model.forward(input);
        model.to(ScalarType.Float64);
        var precise = model.forward(input.to(ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, precise.dtype);
        Close.To(precise, before, "output in both precisions");
        model.to(ScalarType.Float32);
        Close.To(before, model.forward(input), "output after moving to and fro", 0);
    }

    [Fact]
    public void Parameters_start_as_in_PyTorch()
    {
        using var generator = new Generator(3);
        using var model = new EncoderNormFirst(generator);
        var state = model.state_dict();

        // Xavier: √(6/(8 + 24)); the output map: 1/√8. Of 192 and 64 numbers, the largest is near its bound.
        Assert.InRange(state["0.self_attn.in_proj_weight"].abs().max().ToDouble(), 0.40, Math.Sqrt(6.0 / 32));
        Assert.InRange(state["0.self_attn.out_proj.weight"].abs().max().ToDouble(), 0.30, 1 / Math.Sqrt(8));
        Assert.Equal(0, state["0.self_attn.in_proj_bias"].abs().max().ToDouble());
        Assert.Equal(0, state["0.self_attn.out_proj.bias"].abs().max().ToDouble());
        Assert.Equal(1, state["0.norm1.weight"].min().ToDouble());
        using var positions = new PositionsOfMore(generator);
        Assert.InRange(positions.state_dict()["0.weight"].to(ScalarType.Float64).square().mean().sqrt().ToDouble(), 0.014, 0.026);
    }

    [Fact]
    public void What_comes_later_changes_nothing_before()
    {
        using var model = new EncoderGeluCausal();
        using var input = randn([2, 5, 8]);
        using var changed = input.clone();
        using (var last = changed.narrow(1, 4, 1)) last.add_(1);
        var (first, second) = (model.forward(input), model.forward(changed));
        Close.To(first.narrow(1, 0, 4), second.narrow(1, 0, 4), "places before the changed one", 0);
        Assert.True((first - second).narrow(1, 4, 1).abs().max().ToDouble() > 1e-3);
    }

    private static void Check<TModel, TTape>(string name)
        where TModel : nn.Module<Tensor, Tensor>, IExplicitModel<TTape>, new()
        where TTape : class, IDisposable, new() =>
        LayerGoldenTests.Check<TModel, TTape>("attention/" + name);
}
