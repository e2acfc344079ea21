using static TorchSharp.torch;

namespace Dsl.Tests.Elmo;

/// <summary>A language model of both directions; the matrix of logits is shared.</summary>
[Model(7, Elements = Elements.Index)]
public partial class BothDirections
{
    [Embedding(11, 4)] private partial Tensor words(Tensor x);

    [Lstm(4)] private partial Tensor forward1(Tensor x);

    [Lstm(4)] private partial Tensor forward2(Tensor x);

    [Lstm(4, Reversed = true)] private partial Tensor backward1(Tensor x);

    [Lstm(4, Reversed = true)] private partial Tensor backward2(Tensor x);

    [Linear(11, Bias = false, Share = "output")] private partial Tensor next(Tensor x);

    [Linear(11, Bias = false, Share = "output")] private partial Tensor previous(Tensor x);

    public (Tensor Next, Tensor Previous) Forward(Tensor tokens)
    {
        var x = words(tokens);
        return (next(forward2(forward1(x))), previous(backward2(backward1(x))));
    }
}

/// <summary>A task on a mixture of its layers.</summary>
[Model(7, Elements = Elements.Index)]
public partial class OnMixedLayers
{
    [Embedding(11, 4)] private partial Tensor words(Tensor x);

    [Lstm(4)] private partial Tensor forward1(Tensor x);

    [Lstm(4)] private partial Tensor forward2(Tensor x);

    [Lstm(4, Reversed = true)] private partial Tensor backward1(Tensor x);

    [Lstm(4, Reversed = true)] private partial Tensor backward2(Tensor x);

    [ScalarMix("lowest", "first")] private partial Tensor mix(Tensor second, Tensor lowest, Tensor first);

    [Linear(3)] private partial Tensor head(Tensor x);

    public Tensor Forward(Tensor tokens)
    {
        var x = words(tokens);
        var f = forward1(x);
        var b = backward1(x);
        return head(mix(cat([forward2(f), backward2(b)], 2), cat([x, x], 2), cat([f, b], 2)));
    }
}

/// <summary>The same in a stack, with the layers of one direction alone.</summary>
[Model(7, Elements = Elements.Index)]
[Embedding(11, 4), Tag("words"), Lstm(4, Reversed = true), Tag("first"), Lstm(4, Layers = 2, Reversed = true)]
[ScalarMix("words", "first"), Place(0), Linear(3)]
public partial class MixedStack;
