using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Mixings;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>Whether a mixing fits the model and the objectives of its trainer.</summary>
internal static class MixingChecker
{
    public static void Check(
        Bound<MixingAttribute> mixing, TrainerDeclaration declaration, NetworkProgram network,
        List<Bound<TermAttribute>> objectives, Findings findings)
    {
        if (!objectives.Any(objective => Objective.Of(objective).IsLabeled))
            findings.Add(Catalogue.NothingLabeled, mixing.Site, mixing.Name).Offer(Fix.Insert("CrossEntropy", mixing.Site));
        foreach (var objective in objectives.Where(objective => Objective.Of(objective).Labels == LabelKind.Identity))
        {
            findings.Add(Catalogue.SeveralSchemes, mixing.Site, objective.Site, objective.Name, mixing.Name,
                "which samples are of a class is no matter of shares: keep one").Offer(mixing.Remove(), objective.Remove());
        }

        foreach (var objective in objectives.Where(objective => Objective.Of(objective).Labels == LabelKind.Objects))
        {
            findings.Add(Catalogue.SeveralSchemes, mixing.Site, objective.Site, objective.Name, mixing.Name,
                "a mixed image shows the objects of both, in no share: keep one").Offer(mixing.Remove(), objective.Remove());
        }

        Mixing.Of(mixing.Attribute).Check(mixing, new MixingCheck(declaration, network, objectives, findings));
    }
}
