using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Recipes.Sinusoids;

/// <summary>Sine waves of amplitudes in [0.1, 5] and phases in [0, π], each from ten samples (Finn, Abbeel and Levine 2017,
/// section 5.1): mean squared errors after some inner steps.</summary>
public static class SinusoidRecipe
{
    private const int Samples = 10;

    /// <summary>Inner steps after which errors are measured.</summary>
    public static IReadOnlyList<int> InnerSteps { get; } = [0, 1, 5, 10];

    /// <summary>PyTorch 1.13 with the same recipe, means of 2 seeds, in hundredths: MAML, its first order.</summary>
    public static IReadOnlyList<double[]> References { get; } = [[312, 77, 39, 33], [319, 102, 55, 46]];

    /// <summary>Errors in hundredths after <see cref="InnerSteps"/>: of MAML, its first order, a network pretrained on all tasks
    /// at once, and random weights.</summary>
    /// <param name="seed">Decides tasks, initial parameters and every draw.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="steps">Steps of training.</param>
    /// <param name="waves">How many new waves errors are means of.</param>
    /// <param name="picture">Where a picture of a wave goes, an SVG file; null for none.</param>
    public static IReadOnlyList<(string Row, double[] Values)> Measure(
        int seed, Device device, int steps = 4000, int waves = 600, string? picture = null)
    {
        using var tasks = Tasks(steps * 10L, (ulong)seed + 1);
        using var tests = Tasks(waves, (ulong)seed + 1_000_000);
        using Wave second = New(), first = New(), all = New(), random = New();
        using var maml = new SecondOrder(second, device) { Seed = seed, Steps = steps };
        using var simple = new FirstOrder(first, device) { Seed = seed, Steps = steps };
        maml.Fit(tasks);
        simple.Fit(tasks);
        using (var samples = AsOne(tasks))
        using (var trainer = new Pretrained(all, device) { Seed = seed, Steps = steps })
            trainer.Fit(samples);

        // A trainer that trains nothing adapts by the same rule.
        using var pretrained = new SecondOrder(all, device);
        using var untrained = new SecondOrder(random, device);
        if (picture is not null) Draw(picture, tests, maml, pretrained, device);
        return
        [
            ("MAML", Errors(tests, maml.Adapt, device)), ("first order", Errors(tests, simple.Adapt, device)),
            ("pretrained", Errors(tests, pretrained.Adapt, device)), ("random", Errors(tests, untrained.Adapt, device)),
        ];

        Wave New()
        {
            using var generator = new Generator((ulong)seed);
            return new Wave(generator);
        }
    }

    private static double[] Errors(InMemoryEpisodes tasks, Func<Tensor, Tensor, int, Wave> adapt, Device device) =>
    [
        .. InnerSteps.Select(steps => 100 * Enumerable.Range(0, (int)tasks.Count)
            .Average(task => Error(tasks, task, adapt, steps, device))),
    ];

    private static double Error(
        InMemoryEpisodes tasks, int task, Func<Tensor, Tensor, int, Wave> adapt, int steps, Device device)
    {
        using var scope = NewDisposeScope();
        using var index = tensor(new[] { (long)task });
        Tensor inputs = tasks.ReadSupportInputs(index)[0].to(device), targets = tasks.ReadSupportLabels(index)[0].to(device);
        using var adapted = adapt(inputs, targets, steps);
        using var said = adapted.Predict(tasks.ReadQueryInputs(index)[0].to(device));
        return nn.functional.mse_loss(said, tasks.ReadQueryLabels(index)[0].to(device)).item<float>();
    }

    private static InMemoryEpisodes Tasks(long count, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(seed);
        Tensor amplitude = Uniform(0.1, 5, count, 1, 1), phase = Uniform(0, Math.PI, count, 1, 1);
        Tensor support = Uniform(-5, 5, count, Samples, 1), query = Uniform(-5, 5, count, Samples, 1);
        return new InMemoryEpisodes(support, amplitude * (support - phase).sin(), query, amplitude * (query - phase).sin());

        Tensor Uniform(double low, double high, params long[] sizes) => empty(sizes).uniform_(low, high, generator);
    }

    private static InMemoryData AsOne(InMemoryEpisodes tasks)
    {
        using var scope = NewDisposeScope();
        using var all = arange(tasks.Count);
        return new InMemoryData(tasks.ReadSupportInputs(all).reshape(-1, 1), tasks.ReadSupportLabels(all).reshape(-1, 1));
    }

    // The paper's figure 2: one wave, before and after steps on its ten samples.
    private static void Draw(string path, InMemoryEpisodes tasks, SecondOrder maml, SecondOrder pretrained, Device device)
    {
        using var scope = NewDisposeScope();

        // Of the first tasks that with the largest number: a flat wave shows little.
        using var some = arange(20);
        using var one = tasks.ReadSupportLabels(some).abs().amax([1, 2]).argmax(0, keepdim: true);
        Tensor inputs = tasks.ReadSupportInputs(one)[0].to(device), targets = tasks.ReadSupportLabels(one)[0].to(device);
        Tensor places = linspace(-5, 5, 201).unsqueeze(1).to(device);
        double[] at = [.. places.cpu().flatten().data<float>().Select(place => (double)place)];

        // Two samples tell amplitude and phase: a·sin x + b·cos x.
        Tensor basis = cat([inputs.sin(), inputs.cos()], 1);
        Tensor wave = cat([places.sin(), places.cos()], 1).mm(linalg.lstsq(basis, targets).Solution);
        new LineChart("A sine wave from ten samples", "x", Line("wave", wave),
            Line("MAML, before", After(maml, 0)), Line("MAML, 1 step", After(maml, 1)), Line("MAML, 10 steps", After(maml, 10)),
            Line("pretrained, 10 steps", After(pretrained, 10))).WriteSvg(path);

        Tensor After(SecondOrder trainer, int steps)
        {
            using var adapted = trainer.Adapt(inputs, targets, steps);
            return adapted.Predict(places);
        }

        (string, IReadOnlyList<(double X, double Y)>) Line(string name, Tensor values)
        {
            double[] heights = [.. values.detach().cpu().flatten().data<float>().Select(value => (double)value)];
            return (name, [.. at.Zip(heights)]);
        }
    }
}
