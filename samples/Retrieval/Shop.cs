using Dsl.Runtime;
using static TorchSharp.torch;

namespace Retrieval;

/// <summary>Something that is sold.</summary>
/// <param name="Kind">Which of eight shapes.</param>
/// <param name="Color">Which of eight colours.</param>
/// <param name="Pattern">Plain, striped along or across, or dotted.</param>
public readonly record struct Product(int Kind, int Color, int Pattern)
{
    /// <summary>Colours and patterns together.</summary>
    public const int Styles = Shop.Colors * Shop.Patterns;

    /// <summary>A number for each of 8 x 32 products.</summary>
    public int Number => (Kind * Styles) + Style;

    /// <summary>Colour and pattern as one.</summary>
    public int Style => (Color * Shop.Patterns) + Pattern;

    /// <summary>The product with a number.</summary>
    public static Product Of(int number) => 
        new(number / Styles, number % Styles / Shop.Patterns, number % Shop.Patterns);

    /// <summary>What it is worth to whoever asks for another one: 7 for the same, 3 for the kind in the colour or the pattern, 1
    /// for the kind, 0 else; 2ʳ − 1 of relevances 3, 2, 1, 0.</summary>
    public double Gain(Product asked) => Kind != asked.Kind
        ? 0
        : (1 << (1 + (Color == asked.Color ? 1 : 0) + (Pattern == asked.Pattern ? 1 : 0))) - 1;
}

/// <summary>A product in a scene.</summary>
/// <param name="Scene">Which scene.</param>
/// <param name="Product">What it is.</param>
/// <param name="Box">Where.</param>
public readonly record struct Placed(int Scene, Product Product, Box Box);

/// <summary>Scenes with products on clutter, in any light; and a catalogue, one product on plain ground each. Drawn, as a
/// function of a seed.</summary>
public static class Shop
{
    /// <summary>Pixels of a scene's side, and of a cut-out's.</summary>
    public const int Size = 64, CutOut = 24;

    /// <summary>Kinds that are there from the start, and with those that come later.</summary>
    public const int OldKinds = 6, AllKinds = 8;

    /// <summary>Colours and patterns of each kind.</summary>
    public const int Colors = 8, Patterns = 4;

    private static readonly Func<double, double, bool>[] Shapes =
    [
        (u, v) => Square(u - 0.5) + Square(v - 0.5) <= 0.25,                                      // a disc
        (u, v) => true,                                                                            // a square
        (u, v) => Math.Abs(u - 0.5) <= v / 2,                                                      // a triangle
        (u, v) => Math.Abs(u - 0.5) <= 0.17 || Math.Abs(v - 0.5) <= 0.17,                          // a cross
        (u, v) => Math.Abs(u - 0.5) + Math.Abs(v - 0.5) <= 0.5,                                    // a diamond
        (u, v) => v <= 0.3 || Math.Abs(u - 0.5) <= 0.17,                                           // a T
        (u, v) => Square(u - 0.5) + Square(v - 0.5) is <= 0.25 and >= 0.07,                        // a ring
        (u, v) => u <= 0.3 || v >= 0.7,                                                            // an L
    ];

    // Red, orange, yellow, green, cyan, blue, violet, pink.
    private static readonly double[][] Paints =
    [
        [0.85, 0.15, 0.15], [0.9, 0.5, 0.1], [0.9, 0.85, 0.15], [0.15, 0.7, 0.25], [0.15, 0.75, 0.8], [0.2, 0.25, 0.9],
        [0.55, 0.2, 0.8], [0.9, 0.45, 0.7],
    ];

    /// <summary>Draws scenes of one to three products.</summary>
    /// <param name="count">How many.</param>
    /// <param name="kinds">Which kinds are in them.</param>
    /// <param name="seed">Equal seeds give equal scenes.</param>
    /// <returns>[count, 3, 64, 64] in [0, 1], and what is where.</returns>
    public static (Tensor Pixels, IReadOnlyList<Placed> Objects) Scenes(int count, Range kinds, long seed)
    {
        using var stream = new RandomStream(seed, "scenes of a shop");
        var (firstKind, kindCount) = kinds.GetOffsetAndLength(AllKinds);
        var pixels = new float[count * 3 * Size * Size];
        var objects = new List<Placed>();
        for (int scene = 0; scene < count; scene++)
        {
            var random = stream.OnHost(scene);
            var canvas = new Canvas(pixels.AsMemory(scene * 3 * Size * Size, 3 * Size * Size), Size);
            canvas.Clutter(random, lines: 8);
            double[] light = [.. Enumerable.Range(0, 3).Select(_ => 0.65 + (0.45 * random.Uniform()))];
            int wanted = 1 + random.Below(3), first = objects.Count;
            for (int attempt = 0; objects.Count < first + wanted && attempt < 50; attempt++)
            {
                var product = new Product(firstKind + random.Below(kindCount), random.Below(Colors), random.Below(Patterns));
                double side = Size * (0.25 + (0.2 * random.Uniform())), width = side * (0.85 + (0.3 * random.Uniform()));
                double left = random.Uniform() * (Size - width), top = random.Uniform() * (Size - side);
                var box = new Box((float)(left / Size), (float)(top / Size),
                    (float)((left + width) / Size), (float)((top + side) / Size));
                if (objects.Skip(first).Any(known => known.Box.Overlap(box) > 0.02)) continue;
                canvas.Fill(Shapes[product.Kind], left, top, width, side, Paints[product.Color], product.Pattern, light, random);
                objects.Add(new Placed(scene, product, box));
            }
        }

        return (tensor(pixels, [count, 3, Size, Size]), objects);
    }

    /// <summary>Draws a catalogue: each product on light ground, some times.</summary>
    /// <param name="kinds">Which kinds are in it.</param>
    /// <param name="each">Pictures of a product.</param>
    /// <param name="seed">Equal seeds give equal pictures.</param>
    /// <returns>[N, 3, 24, 24] in [0, 1], and what each shows.</returns>
    public static (Tensor Pixels, Product[] Products) Catalogue(Range kinds, int each, long seed)
    {
        using var stream = new RandomStream(seed, "catalogue of a shop");
        var (firstKind, kindCount) = kinds.GetOffsetAndLength(AllKinds);
        Product[] products =
        [
            .. Enumerable.Range(firstKind * Product.Styles, kindCount * Product.Styles)
                .SelectMany(number => Enumerable.Repeat(Product.Of(number), each)),
        ];
        var pixels = new float[products.Length * 3 * CutOut * CutOut];
        for (int i = 0; i < products.Length; i++)
        {
            var random = stream.OnHost(products[i].Number * 1000 + (i % each));
            var canvas = new Canvas(pixels.AsMemory(i * 3 * CutOut * CutOut, 3 * CutOut * CutOut), CutOut);
            canvas.Plain(random);
            double side = CutOut * (0.85 + (0.1 * random.Uniform())), rest = CutOut - side;
            canvas.Fill(Shapes[products[i].Kind], rest * random.Uniform(), rest * random.Uniform(), side, side,
                Paints[products[i].Color], products[i].Pattern, [1, 1, 1], random);
        }

        return (tensor(pixels, [products.Length, 3, CutOut, CutOut]), products);
    }

    /// <summary>Cuts boxes out of scenes, a twelfth larger on each side, as pictures of one size.</summary>
    /// <param name="scenes">[N, 3, 64, 64].</param>
    /// <param name="boxes">Of which scene each is, and where.</param>
    /// <returns>[count, 3, 24, 24], in the order of the boxes.</returns>
    public static Tensor CutOuts(Tensor scenes, IReadOnlyList<(int Scene, Box Box)> boxes)
    {
        using var scope = NewDisposeScope();
        var indices = tensor(boxes.Select(one => (long)one.Scene).ToArray());
        var edges = tensor(boxes.SelectMany(one =>
        {
            var (box, x, y) = (one.Box, one.Box.Width / 12, one.Box.Height / 12);
            return new[] { box.X1 - x, box.Y1 - y, box.X2 + x, box.Y2 + y };
        }).ToArray(), [boxes.Count, 1, 4]).clamp(0, 1);
        return RoiAlign.Of(scenes.index_select(0, indices), edges, CutOut).MoveToOuterDisposeScope();
    }

    private static double Square(double x) => x * x;
}
