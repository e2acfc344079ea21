using System.Globalization;
using Dsl.Runtime;
using Recipes.Adversaries;
using Recipes.Continual;
using Recipes.Cora;
using Recipes.Generation;
using Recipes.Graphs;
using Recipes.Handwriting;
using Recipes.Latents;
using Recipes.LongTails;
using Recipes.MissingClass;
using Recipes.Mixtures;
using Recipes.NoisyLabels;
using Recipes.Pixels;
using Recipes.Reinforcement;
using Recipes.Representations;
using Recipes.Robustness;
using Recipes.Scenes;
using Recipes.SemiSupervised;
using Recipes.Shakespeare;
using Recipes.Sinusoids;
using Recipes.Transfer;
using Recipes.Uncertainty;
using Recipes.Words;
using static TorchSharp.torch;

namespace Recipes;

// How each result is run, and the table that is shown of it.
public sealed partial record Recipe
{
    private static bool Handwriting(
        string title, Func<int, (InMemoryData Train, InMemoryData Test)> load, Func<HandwritingRecipes,
        IEnumerable<(string What, double Accuracy)>> run,
        IReadOnlyList<(double Mean, double Deviation)> references, int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => Measure(seed));
        return Show(
            $"Digits, {title}: test accuracy", measured, [.. references.Select(reference => new[] { reference })], 0, seeds);

        IEnumerable<(string, double[])> Measure(int seed)
        {
            var (train, test) = load(seed);
            using (train)
            using (test)
            {
                foreach (var (what, accuracy) in run(new HandwritingRecipes(train, test, seed, device)))
                    yield return (what, [100 * accuracy]);
            }
        }
    }

    private static bool Generation(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new GenerationRecipe(seed, device).Measure());
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: noise {measured.Mean(row, 0) / 1000:0.000}, confidence {measured.Mean(row, 1):0.0} ± "
                + $"{measured.Deviation(row, 1):0.0} %, score {measured.Mean(row, 2):0.00} ± {measured.Deviation(row, 2):0.00}, "
                + $"distance {measured.Mean(row, 3):0.0} ± {measured.Deviation(row, 3):0.0}, "
                + $"precision {measured.Mean(row, 4):0.0} %, recall {measured.Mean(row, 5):0.0} %"));
        }

        var references = GenerationRecipe.References;
        return Show("Digits, error of the noise in thousandths", measured, references, 0, seeds, lessIsBetter: true, unit: "")
            & Show("Digits made of noise: confidence of a classifier", measured, references, 1, seeds)
            & Show("Digits made of noise: its score", measured, references, 2, seeds, unit: "");
    }

    private static bool NoisyLabels(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => NoisyLabelRecipe.Measure(seed, device));
        foreach (string row in measured.Rows.Skip(NoisyLabelRecipe.References.Count))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}, without a reference: {measured.Mean(row):0.0} ± {measured.Deviation(row):0.0} %"));
        }

        return Show(
            "Digits, 40 % label noise, 50 right labels: test accuracy", measured, NoisyLabelRecipe.References, 0, seeds);
    }

    private static bool LongTail(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => LongTailRecipe.Measure(seed, device));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: all {measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, many "
                + $"{measured.Mean(row, 1):0.0} %, medium {measured.Mean(row, 2):0.0} %, few {measured.Mean(row, 3):0.0} ± "
                + $"{measured.Deviation(row, 3):0.0} %"));
        }

        (double, double)[][] few = [.. LongTailRecipe.References.Select(row => new[] { row[0], row[0], row[0], row[1] })];
        return Show("Digits, a long tail: mean accuracy of classes", measured, LongTailRecipe.References, 0, seeds)
            & Show("Digits, a long tail: of the four rarest classes", measured, few, 3, seeds);
    }

    private static bool Adapters(int seeds, Device device)
    {
        const double slack = 0.5;
        var measured = Measurements.Of(seeds, seed => new TransferRecipe(seed, device).Measure());
        bool reached = true;
        string[] columns = ["digits 5 to 9", "all digits, turned"];
        for (int column = 0; column < columns.Length; column++)
        {
            var table = new ResultsTable(
                $"Taken over from the digits 0 to 4: {columns[column]}, {seeds} seeds", " %", "Dsl", "everything − 0.5");
            foreach (string row in measured.Rows)
            {
                string what = string.Create(CultureInfo.InvariantCulture,
                    $"{row}, {measured.Mean(row, 2):0.0} % of the numbers (± {measured.Deviation(row, column):0.0})");
                double? reference = row == "low-rank changes" ? measured.Mean("everything", column) - slack : null;
                table.Add(what, measured.Mean(row, column), reference);
            }

            table.Write();
            reached &= table.AllReached;
        }

        return reached;
    }

    private static bool GraphClasses(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new GraphRecipe(seed, device).Measure());
        bool reached = true;
        string[] columns = ["cycles against trees", "trees with a further edge against trees"];
        for (int column = 0; column < columns.Length; column++)
        {
            var table = new ResultsTable(
                $"Graphs whose nodes are alike, {columns[column]}, {seeds} seeds", " %", "Dsl", "at least");
            foreach (string row in measured.Rows)
            {
                string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, column):0.0})");
                table.Add(what, measured.Mean(row, column), row == "sums" ? 99 : null);
            }

            table.Write();
            reached &= table.AllReached;

            // Corollary 8 of the paper: nothing that is learned tells these graphs apart.
            bool isBound = measured.Mean("means", column) == 50 && measured.Deviation("means", column) == 0;
            if (!isBound) Console.WriteLine($"Means tell {columns[column]}, which they cannot.");
            reached &= isBound;
        }

        return reached;
    }

    private static bool Continual(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new ContinualRecipe(seed, device).Measure());
        string[] columns = ["permuted", "its first task", "pairs by parity", "pairs by class", "told the pair",
            "forgotten of permuted", "of pairs by class"];
        foreach (string row in measured.Rows)
        {
            var numbers = columns.Select((name, column) => string.Create(CultureInfo.InvariantCulture,
                $"{name} {measured.Mean(row, column):0.0} ± {measured.Deviation(row, column):0.0}"));
            Console.WriteLine($"{row}: {string.Join(", ", numbers)} %");
        }

        var references = ContinualRecipe.References;
        return Show("Permuted digits, three tasks: mean accuracy", measured, references, 0, seeds)
            & Show("Permuted digits, the first of three tasks at the end", measured, references, 1, seeds);
    }

    private static bool MissingClass(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MissingClassRecipe.Measure(seed, device));
        return Show("Digits, a student that never sees a 3: recall of threes", measured, MissingClassRecipe.References, 0, seeds)
            & Show("Digits, a student that never sees a 3: test accuracy", measured, MissingClassRecipe.References, 1, seeds);
    }

    private static bool Robustness(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new RobustnessRecipe(seed, device).Measure());
        string[] columns = ["clean", "FGSM", "PGD", "PGD at 0.2", "transfer", "queries"];
        foreach (string row in measured.Rows)
        {
            var numbers = columns.Select((name, column) => string.Create(
                CultureInfo.InvariantCulture, $"{name} {measured.Mean(row, column):0.0}"));
            Console.WriteLine($"{row}: {string.Join(", ", numbers)} %");
        }

        var references = RobustnessRecipe.References;
        return Show("Digits, as they are: test accuracy", measured, references, 0, seeds)
            & Show("Digits, FGSM at 0.1: robust accuracy", measured, references, 1, seeds)
            & Show("Digits, PGD at 0.1: robust accuracy", measured, references, 2, seeds)
            & Show("Digits, PGD at 0.2: robust accuracy", measured, references, 3, seeds);
    }

    private static bool SemiSupervised(
        int labels, IReadOnlyList<(double Mean, double Deviation)[]> references, int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new SemiSupervisedRecipe(labels, seed, device).Measure());
        return Show($"Digits, {labels} labels: test accuracy", measured, references, 0, seeds);
    }

    private static bool Representation(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new RepresentationRecipe(seed, device).Measure());
        foreach (string row in measured.Rows.Skip(RepresentationRecipe.References.Count))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}, without a reference: linear {measured.Mean(row, 0):0.0} %, of 50 labels {measured.Mean(row, 1):0.0} %, "
                + $"five neighbours {measured.Mean(row, 2):0.0} %"));
        }

        return Show("Digits, a linear classifier on features", measured, RepresentationRecipe.References, 0, seeds)
            & Show("Digits, one of 50 labels", measured, RepresentationRecipe.References, 1, seeds)
            & Show("Digits, five neighbours", measured, RepresentationRecipe.References, 2, seeds);
    }

    private static bool MnistFeatures(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new MnistRepresentation(seed, device).Measure());
        return Show("MNIST, a linear classifier on features", measured, MnistRepresentation.References, 0, seeds)
            & Show("MNIST, one of 100 labels", measured, MnistRepresentation.References, 1, seeds)
            & Show("MNIST, five neighbours", measured, MnistRepresentation.References, 2, seeds);
    }

    private static bool Novelty(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new NoveltyRecipe(seed, device).Measure());
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: AUROC {measured.Mean(row, 0):0.0} ± {measured.Deviation(row, 0):0.0} %, one covariance "
                + $"{measured.Mean(row, 1):0.0} ± {measured.Deviation(row, 1):0.0} %"));
        }

        const string classifier = "all labels";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{classifier}, largest probability: AUROC "
            + $"{measured.Mean(classifier, 2):0.0} ± {measured.Deviation(classifier, 2):0.0} %"));
        return true;
    }

    private static bool Variational(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => VariationalRecipe.Measure(seed, device));
        string title = string.Create(CultureInfo.InvariantCulture, $"Digits: −ELBO of test images, {seeds} seeds");
        var table = new ResultsTable(title, " nats", "Dsl", "PyTorch", lessIsBetter: true);
        foreach (var (row, reference) in measured.Rows.Zip(VariationalRecipe.References))
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 0):0.0}): reconstruction {measured.Mean(row, 1):0.0}, divergence "
                + $"{measured.Mean(row, 2):0.0}, importance-weighted {measured.Mean(row, 3):0.0}");
            table.Add(what, measured.Mean(row, 0), reference[0].Mean, reference[0].Deviation);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Adversaries(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new AdversarialRecipe(seed, device).Measure());
        var table = new ResultsTable(
            $"Digits, generators: Fréchet distance to test images, {seeds} seeds", "", "Dsl", "goal", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 2):0.0}): confidence {measured.Mean(row, 0):0.0} ± "
                + $"{measured.Deviation(row, 0):0.0} %, score {measured.Mean(row, 1):0.00} ± {measured.Deviation(row, 1):0.00}, "
                + $"precision {measured.Mean(row, 3):0.0} %, recall {measured.Mean(row, 4):0.0} %, "
                + $"digits {measured.Mean(row, 5):0.0}");
            if (measured.Mean(row, 6) > 0)
                what += string.Create(CultureInfo.InvariantCulture, $", as labelled {measured.Mean(row, 6):0.0} %");
            table.Add(what, measured.Mean(row, 2), null);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Cycles(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => new CycleRecipe(seed, device).Measure());
        var table = new ResultsTable(
            $"Digits mapped without pairs: error beside the truth, {seeds} seeds", " %", "Dsl", "goal", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row} (± {measured.Deviation(row, 0):0.0}): unchanged {measured.Mean(row, 1):0.0} %, there and back "
                + $"{measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0} %, recognised {measured.Mean(row, 3):0.0} ± "
                + $"{measured.Deviation(row, 3):0.0} %");
            table.Add(what, measured.Mean(row, 0), null);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Pixelwise(int seeds, Device device)
    {
        const int dimensions = 64;
        var measured = Measurements.Of(seeds, seed => PixelRecipe.Measure(seed, device));
        var (mean, deviation) = PixelRecipe.Reference;
        var table = new ResultsTable(
            string.Create(CultureInfo.InvariantCulture, $"Digits: −log p of test images, {seeds} seeds"), " bits", "Dsl",
            "PyTorch", lessIsBetter: true);
        foreach (string row in measured.Rows)
        {
            string what = string.Create(CultureInfo.InvariantCulture,
                $"{row}: {measured.Mean(row):0.000} ± {measured.Deviation(row):0.000} bits a dimension, "
                + $"{measured.Mean(row, 1):0.000} of training images");
            table.Add(what, dimensions * measured.Mean(row), dimensions * mean, dimensions * deviation);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Doubt(int seeds, Device device)
    {
        var curves = new List<(string Name, IReadOnlyList<(double X, double Y)> Points)>();
        var measured = Measurements.Of(seeds, seed => UncertaintyRecipe.Measure(seed, device, curves: (row, curve) =>
        {
            if (seed == 0 && row is "one network" or "ensemble" or "dropout, 50 passes" or "snapshots")
                curves.Add((row, [.. curve.Points.Where(point => point.Coverage > 0.3)]));
        }));
        foreach (string row in measured.Rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row}: loss {measured.Mean(row, 0) / 100:0.000} ± {measured.Deviation(row, 0) / 100:0.000}, accuracy "
                + $"{measured.Mean(row, 1):0.0} ± {measured.Deviation(row, 1):0.0} %, calibration error "
                + $"{measured.Mean(row, 2):0.0} ± {measured.Deviation(row, 2):0.0} %, "
                + $"surest 80 % {measured.Mean(row, 3):0.0} %, "
                + $"AUROC of errors {measured.Mean(row, 4):0.0} %, of strange images {measured.Mean(row, 5):0.0} %"));
        }

        var (oneByOne, twoAtATime) = UncertaintyRecipe.Times(device);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"five members one after the other {oneByOne:0.0} s, two at a time {twoAtATime:0.0} s"));
        new LineChart("Rejection, seed 0", "coverage", curves).WriteSvg("digits-uncertainty.svg");
        var table = new ResultsTable(
            $"Digits, 300 labels: cross-entropy in hundredths, {seeds} seeds", "", "Dsl", "PyTorch", lessIsBetter: true);
        foreach (var (row, reference) in measured.Rows.Zip(UncertaintyRecipe.Losses))
            table.Add(row, measured.Mean(row, 0), reference, Math.Max(measured.Deviation(row, 0), 1));
        table.Write();
        return table.AllReached;
    }

    private static bool Waves(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
            SinusoidRecipe.Measure(seed, device, picture: seed == 0 ? "sinusoid-maml.svg" : null));
        var table = new ResultsTable(
            $"Sine waves: mean squared error in hundredths, {seeds} seeds", "", "Dsl", "PyTorch", lessIsBetter: true);
        for (int i = 0; i < measured.Rows.Count; i++)
        {
            for (int column = 0; column < SinusoidRecipe.InnerSteps.Count; column++)
            {
                string row = measured.Rows[i], what = string.Create(CultureInfo.InvariantCulture,
                    $"{row}, {SinusoidRecipe.InnerSteps[column]} steps (± {measured.Deviation(row, column):0.0})");
                double? reference = i < SinusoidRecipe.References.Count ? SinusoidRecipe.References[i][column] : null;
                table.Add(what, measured.Mean(row, column), reference, 0.1 * reference ?? 0);
            }
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Mixtures(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed => MixturesRecipe.Measure(seed, device));
        return Show("Digits, 200 labels: test accuracy", measured, MixturesRecipe.References, 0, seeds)
            & Show("Digits, 200 labels: accuracy on corrupted images", measured, MixturesRecipe.References, 1, seeds)
            & Show("Digits, 200 labels: calibration error", measured, MixturesRecipe.References, 2, seeds, lessIsBetter: true);
    }

    /// <summary>A column of what was measured beside its references, row by row.</summary>
    private static bool Show(
        string title, Measurements measured, IReadOnlyList<(double Mean, double Deviation)[]> references, int column,
        int seeds, bool lessIsBetter = false, string unit = " %")
    {
        var table = new ResultsTable($"{title}, {seeds} seeds", unit, "Dsl", "PyTorch", lessIsBetter);
        foreach (var (row, reference) in measured.Rows.Zip(references))
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, column):0.0})");
            table.Add(what, measured.Mean(row, column), reference[column].Mean, reference[column].Deviation);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Shapes(
        string name, ScenesRecipe.Detector train, double reference, int seeds, Device device)
    {
        var evaluations = Enumerable.Range(0, seeds).Select(seed => ConsoleProgress.Run($"seed {seed}", progress =>
            train(seed, device, page: seed == 0 ? $"shapes-{name.ToLowerInvariant()}.html" : null, progress: progress))).ToList();
        var table = new ResultsTable($"Drawn shapes: mean average precision of {name}, {seeds} seeds", " %", "Dsl", "goal")
            .Add("overlap 0.5", 100 * evaluations.Average(one => one.MeanAveragePrecision50), reference, 0)
            .Add("overlaps 0.5 to 0.95", 100 * evaluations.Average(one => one.MeanAveragePrecision), null);
        table.Write();
        return table.AllReached;
    }

    private static bool Masks(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
        {
            var alone = ConsoleProgress.Run($"cross-entropy, seed {seed}",
                progress => MasksRecipe.Entropy(seed, device, progress: progress));
            var both = ConsoleProgress.Run($"with Dice, seed {seed}",
                progress => MasksRecipe.WithDice(seed, device, progress: progress));
            return [("cross-entropy", Numbers(alone)), ("cross-entropy and Dice", Numbers(both))];
        });
        var table = new ResultsTable($"Drawn shapes: overlaps of pixels, {seeds} seeds", " %", "Dsl", "goal");
        foreach (string row in measured.Rows)
        {
            table.Add($"{row}: mIoU", measured.Mean(row, 0), row == measured.Rows[^1] ? MasksRecipe.Reference : null)
                .Add($"{row}: Dice", measured.Mean(row, 1), null);
        }

        table.Write();
        return table.AllReached;

        static double[] Numbers(SegmentationScores scores) => [100 * scores.MeanIntersectionOverUnion, 100 * scores.MeanDice];
    }

    private static bool Mnist(int seeds, Device device)
    {
        var measured = Measurements.Of(seeds, seed =>
        {
            var (alone, matched) = MnistRecipe.Errors(seed, device);
            return [("labels alone", new[] { alone }), ("FixMatch", [matched])];
        });
        double half = measured.Mean("labels alone", 0) / 2;
        var table = new ResultsTable(
            $"MNIST, 100 labels: test error, {seeds} seeds", " %", "Dsl", "half of labels alone", lessIsBetter: true);
        foreach (string row in new[] { "labels alone", "FixMatch" })
        {
            string what = string.Create(CultureInfo.InvariantCulture, $"{row} (± {measured.Deviation(row, 0):0.0})");
            table.Add(what, measured.Mean(row, 0), row == "FixMatch" ? half : 2 * half, 0);
        }

        table.Write();
        return table.AllReached;
    }

    private static bool Shakespeare(int seeds, Device device)
    {
        var losses = Enumerable.Range(0, seeds).Select(seed =>
            ConsoleProgress.Run($"seed {seed}", progress => ShakespeareRecipe.ValidationLoss(seed, device, progress))).ToList();
        var table = new ResultsTable(
            $"Tiny Shakespeare: validation loss, {seeds} seeds", " nats", "Dsl", "PyTorch", lessIsBetter: true)
            .Add("mean", losses.Average(), 1.90, 0.01);
        table.Write();
        return table.AllReached;
    }

    private static bool Words(int seeds, Device device)
    {
        using var recipe = WordRecipe.Load();
        var measured = Measurements.Of(seeds, seed => recipe.Measure(seed, device, show: seed > 0 ? null : (name, vectors) =>
        {
            foreach (string word in new[] { "king", "love", "sword", "she" })
                Console.WriteLine($"{name}, {word}: {string.Join(", ", vectors.Nearest(word, 6).Select(near => near.Word))}");
        }));
        return Show("Shakespeare's words: correlation with unseen speeches", measured,
            [.. WordRecipe.References.Select(reference => new[] { reference })], 0, seeds);
    }

    private static bool Cora(
        string title, Func<CoraGraph, int, Device, double> run, double reference, double deviation, int seeds, Device device)
    {
        using var graph = CoraGraph.Load();
        var measured = Measurements.Of(seeds, seed => [("mean", [100 * run(graph, seed, device)])]);
        string header = string.Create(CultureInfo.InvariantCulture,
            $"{title}: test accuracy, {seeds} seeds, standard deviation {measured.Deviation("mean"):0.0}");
        var table = new ResultsTable(header, " %", "Dsl", "paper").Add("mean", measured.Mean("mean"), reference, deviation / 2);
        table.Write();
        return table.AllReached;
    }
}
