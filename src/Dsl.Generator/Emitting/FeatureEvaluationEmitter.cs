using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>What the features of the network that is trained are worth.</summary>
internal static class FeatureEvaluationEmitter
{
    /// <summary>The parameter of <c>Fit</c>.</summary>
    public const string Parameter = "ProbeData? probe = null";

    /// <summary>Its documentation.</summary>
    public const string Documentation =
        "/// <param name=\"probe\">Labelled data that the features are probed on, for the report; null for none.</param>";

    /// <summary>Whether <c>Fit</c> probes: where nothing else is told of an epoch.</summary>
    public static bool IsFitted(TrainerProgram trainer) => trainer.Probed is not null && !trainer.IsEvaluated;

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Probed is not { } probed) return;
        string network = trainer.Evaluated.Field;
        string features = trainer.Network.Features.Count == 0 && trainer.Network.Results.Count == 1 ? $"{network}.forward(input)"
            : trainer.Network.Features.Count == 0 ? $"{network}.forward(input).{probed.Member}"
            : $"{network}.ForwardFeatures(input).{probed.Member}";
        string what = trainer.Network.FindResult(probed.Name) is null ? "the network's output" : $"'{probed.Name}'";
        code.Line();
        code.Summary(
            $"How well a linear classifier and the nearest neighbours tell classes by {what} in evaluation mode. "
            + "Training is not affected.");
        code.Line("/// <param name=\"data\">Labelled samples to learn the classifier of, and others to test it on.</param>");
        code.Line("public ProbeEvaluation EvaluateFeatures(ProbeData data) =>");
        code.Line($"    FeatureProbe.Evaluate({network}, input => {features}, data, _device, ProbeNeighbors);");
    }
}
