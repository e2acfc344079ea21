using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Checking.Practices;

/// <summary>A teacher that another trainer trains on smoothed labels (Müller et al. 2019, arXiv 1906.02629): only all trainers
/// together show it.</summary>
internal static class SmoothedTeacher
{
    public static void Check(TrainerDeclaration student, IReadOnlyCollection<TrainerDeclaration> trainers, Findings findings)
    {
        foreach (var teacher in TeacherChecker.Declared(student).Where(teacher => teacher.Model is not null))
        {
            var smoothing = trainers.Where(trainer => trainer.Model?.Type.FullName == teacher.Model!.Type.FullName)
                .Select(trainer => (Trainer: trainer, Site: Smoothing(trainer)))
                .FirstOrDefault(found => found.Site is not null);
            if (smoothing.Site is not null)
                findings.Add(Catalogue.SmoothedTeacher, teacher.Site, smoothing.Site, teacher.Name, smoothing.Trainer.Type.Name);
        }
    }

    /// <summary>Where a trainer says that it smooths labels; null when it does not.</summary>
    private static Site? Smoothing(TrainerDeclaration trainer) =>
        AttributeBinder.BindAll<CrossEntropyAttribute>(trainer.Attributes, new Findings())
        .FirstOrDefault(objective => objective.Attribute.LabelSmoothing > 0)?.SiteOf(
            nameof(CrossEntropyAttribute.LabelSmoothing));
}
