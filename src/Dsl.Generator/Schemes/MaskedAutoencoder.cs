using System;
using System.Collections.Generic;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class MaskedAutoencoder : Scheme<MaskedAutoencoderAttribute<object>>
{
    private const string Decoder = "Decoder";

    public override IReadOnlyList<string> Heads => [Decoder];

    public override bool HeadsStandBehindModel => false;

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    public override bool SeesParts => true;

    public override bool GivesPlaces => true;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (MaskedAutoencoderAttribute<object>)declared.Attribute;
        var (model, decoder) = (networks[0], networks[1]);
        if (!model.Network.KnowsResults || !decoder.Network.KnowsResults) return;
        Shape restored = decoder.Network.Results[0].Value.Shape;
        if (restored.Rank != 3)
        {
            Need(decoder, "a decoder that gives tokens back, [N, L, P]", $"'{decoder.Name}' returns {restored}",
                "let it end with [Linear(P)] on a sequence");
            return;
        }

        long length = restored[1].Factor, width = restored[2].Factor, visible = Visible(attribute, length);
        if (visible < 1 || visible >= length)
        {
            Need(decoder, "a token that stays and one that is masked",
                $"of {length} tokens Ratio leaves {visible} visible", "take more tokens, or another Ratio");
            return;
        }

        TensorType seen = new(restored.With(1, visible).With(2, width + length)), given = model.Network.Input.Type;
        Shape features = model.Network.Results[0].Value.Shape;
        if (given != seen)
        {
            Need(model, "a network of visible tokens with their places, [N, K, P + L]",
                $"'{model.Name}' takes {given}, and of {length} tokens of {width} numbers {visible} are visible",
                $"write [Model({visible}, {width + length})] on '{model.Name}'");
        }
        else if (features.Rank != 3 || features[1] != visible)
        {
            Need(model, "features of each visible token, [N, K, D]", $"'{model.Name}' returns {features}",
                "let it end with the sequence as it is");
        }
        else if (decoder.Network.Input.Type != new TensorType(restored.With(2, features[2] + 1)))
        {
            Need(decoder, "a decoder of all places, [N, L, D + 1]",
                $"'{decoder.Name}' takes {decoder.Network.Input.Type} and '{model.Name}' returns {features}",
                $"write [Model({length}, {features[2] + 1})] on '{decoder.Name}'");
        }
        else if (PlaceFlow.StaysAtItsPlace(decoder.Network))
        {
            Need(decoder, "a decoder that brings what is seen to masked places",
                $"what '{decoder.Name}' gives at a place depends on that place alone, so that nothing would train '{model.Name}'",
                "let it mix places, with [TransformerEncoderLayer(heads, width)]");
        }

        if (attribute.NormalizeTargets && width == 1)
        {
            Need(decoder, "tokens of two numbers or more to standardise each", $"'{decoder.Name}' returns {restored}",
                "leave NormalizeTargets out");
        }

        long side = Root(length);
        if (attribute.Patch > 0 && (side * side != length || width % ((long)attribute.Patch * attribute.Patch) != 0))
        {
            Need(decoder, "a decoder of the patches of a square image",
                $"'{decoder.Name}' returns {restored} and a patch has C x {attribute.Patch} x {attribute.Patch} numbers",
                "let it give as many tokens as a square grid has, of C·Patch² numbers each");
        }

        void Need(LearnedNetwork network, string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name, need, found, remedy);
    }

    protected override void Lower(
        MaskedAutoencoderAttribute<object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Player decoder = step.Head(declared.Declaration.Types[0], Decoder, "The network that restores tokens");
        Shape all = decoder.Network!.Results[0].Value.Shape.With(0, Stream.Data.Rows);
        Dim rows = all[0];
        long length = all[1].Factor, width = all[2].Factor, visible = Visible(attribute, length);
        Value tokens = Tokens(attribute, step, all);

        Value noise = step.Draw(new DrawnReals("Noise", rows, length, 0, 1,
            $"A number for each token, the smallest of which stay visible, [N, {length}]"));
        Value kept = c.Add(new RuntimeFunction("TokenMasking.Keep", new([Spelling.Join(visible)]),
            new TensorType(Shape.Of(rows, visible), ElementType.Int64)), "kept", noise);
        Value seen = c.Add(new RuntimeFunction(
            "TokenMasking.Visible", default, Shape.Of(rows, visible, width + length)), "visible", tokens, kept);
        Value masked = c.Add(
            new RuntimeFunction("TokenMasking.Masked", default, Shape.Of(rows, length)), "masked", tokens, kept);
        Value places = c.Add(new RuntimeFunction("TokenMasking.Rows", new([Spelling.Join(length)]),
            new TensorType(Shape.Of(rows * (Dim)visible), ElementType.Int64)), "places", kept);

        // What the model made of a visible token goes to its place; zeros and a 1 stand at the others.
        Value features = step.Call(step.Model, seen, "features");
        long depth = features.Shape[2].Factor;
        Value flat = c.Add(new Reshape(Shape.Of(rows * (Dim)visible, depth)), "featureRows", features);
        Value spread = c.Add(new SumRows(), "spreadRows", flat, places,
            c.Add(new Reshape(Shape.Of(rows * (Dim)length)), "allPlaces", masked));
        Value sequence = c.Add(new Concatenate(2), "sequence",
            c.Add(new Reshape(Shape.Of(rows, length, depth)), "spread", spread),
            c.Add(new Unsqueeze(2), "maskedFlags", masked));
        Value restored = step.Call(decoder, sequence, "restored");

        Value targets = !attribute.NormalizeTargets ? tokens
            : c.Add(new RuntimeFunction("TokenMasking.Normalized", default, tokens.Shape), "targets", tokens);
        Value errors = c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", targets, restored));
        Value ofMasked = c.Add(
            new Multiply(), "maskedErrors", c.Add(new MeanOver(new([2])), "tokenErrors", errors), masked);

        // Every sample has as many masked tokens: the mean over all, times how many times more all are.
        Value mean = c.Add(
            new Scale((double)length / (length - visible)), "reconstruction", step.Mean("meanError", ofMasked));
        step.AddTerm(new Term("Reconstruction", mean, null, "mean (h(f(x_v)) − x)², of masked tokens")
        {
            Symbols =
            [
                new("x", attribute.NormalizeTargets ? "a token, standardised by itself" : "a token", null, null),
                new("x_v", "the visible tokens of a sample with their places", null, null),
                new("f", "the network", null, null),
                new("h", "the decoder", null, null),
            ],
        });
    }

    private static Value Tokens(MaskedAutoencoderAttribute<object> attribute, StepContext step, Shape all)
    {
        if (attribute.Patch == 0) return step.Read(step.DataInParts(all.Without(0), "Samples as tokens"));
        long pixels = attribute.Patch * Root(all[1].Factor), area = (long)attribute.Patch * attribute.Patch;
        Value images = step.Read(step.DataInParts(
            Shape.Of(all[2].Factor / area, pixels, pixels), "Images that are cut into patches"));
        return step.Computation.Add(
            new RuntimeFunction("ImagePatches.All", new([Spelling.Join(attribute.Patch)]), all), "tokens", images);
    }

    // What stays of a length that a ratio divides evenly must not be lost to rounding: 10·(1 − 0.9) is 1.
    private static long Visible(MaskedAutoencoderAttribute<object> attribute, long length) =>
        (long)Math.Floor((length * (1 - attribute.Ratio)) + 1e-9);

    private static long Root(long length) => (long)Math.Round(Math.Sqrt(length));
}
